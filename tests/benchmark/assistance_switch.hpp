// The assistance table as a programmer would write it without a machine: the yardstick for the
// machine's speed. Compared with it cell by cell before anything is measured. Exempt from the
// guidance on length: it is the table once more.
#pragma once

#include "workflow/step.hpp"

namespace yimen::tests {

template <int... Row>
workflow::Step first_of(const workflow::RowBits& bits) {
  workflow::Step step{workflow::StepResult::refused, -1};
  static_cast<void>(((bits.test(Row) && (step = {workflow::StepResult::taken, Row}, true)) || ...));
  return step;
}

inline workflow::Step switch_step(int state, int event, const workflow::RowBits& bits) {
  switch (state) {
    case 0:  // nothing
      switch (event) {
        case 0: return first_of<0>(bits);  // discover
        case 13: return first_of<19>(bits);  // split_off
        default: return {};
      }
    case 1:  // discovered
      switch (event) {
        case 1: return first_of<1>(bits);  // submit_for_review
        case 2: return first_of<2>(bits);  // receive_application
        case 3: return first_of<3>(bits);  // report_emergency
        case 4: return first_of<6>(bits);  // report_restricted
        case 20: return first_of<27>(bits);  // explain
        case 31: return first_of<55>(bits);  // withdraw
        default: return {};
      }
    case 2:  // village_review
      switch (event) {
        case 3: return first_of<4>(bits);  // report_emergency
        case 4: return first_of<7>(bits);  // report_restricted
        case 5: return first_of<8>(bits);  // agree
        case 6: return first_of<9>(bits);  // decline
        case 7: return first_of<10>(bits);  // request_facts
        case 8: return first_of<12>(bits);  // call_up
        case 31: return first_of<56>(bits);  // withdraw
        default: return {};
      }
    case 3:  // declined_by_village
      switch (event) {
        case 3: return first_of<5>(bits);  // report_emergency
        case 8: return first_of<11>(bits);  // call_up
        case 20: return first_of<28>(bits);  // explain
        case 31: return first_of<57>(bits);  // withdraw
        default: return {};
      }
    case 4:  // reported_to_station
      switch (event) {
        case 9: return first_of<13>(bits);  // accept
        case 10: return first_of<14>(bits);  // return_to_village
        case 11: return first_of<15>(bits);  // assign
        case 12: return first_of<17>(bits);  // refer_to_joint_review
        case 14: return first_of<20>(bits);  // refer_out
        case 20: return first_of<29>(bits);  // explain
        case 31: return first_of<58>(bits);  // withdraw
        default: return {};
      }
    case 5:  // joint_review
      switch (event) {
        case 11: return first_of<16>(bits);  // assign
        case 20: return first_of<30>(bits);  // explain
        case 21: return first_of<33>(bits);  // publish
        case 26: return first_of<42, 45>(bits);  // escalate
        case 31: return first_of<59>(bits);  // withdraw
        default: return {};
      }
    case 6:  // referred_out
      switch (event) {
        case 15: return first_of<22>(bits);  // receive_answer
        case 31: return first_of<60>(bits);  // withdraw
        default: return {};
      }
    case 7:  // assigned_to_department
      switch (event) {
        case 12: return first_of<18>(bits);  // refer_to_joint_review
        case 14: return first_of<21>(bits);  // refer_out
        case 16: return first_of<23>(bits);  // sign_for
        case 17: return first_of<24>(bits);  // transfer
        case 18: return first_of<25>(bits);  // return_to_station
        case 19: return first_of<26>(bits);  // handle
        case 20: return first_of<31>(bits);  // explain
        case 31: return first_of<61>(bits);  // withdraw
        default: return {};
      }
    case 8:  // handled
      switch (event) {
        case 21: return first_of<32>(bits);  // publish
        case 22: return first_of<36>(bits);  // object
        case 25: return first_of<41>(bits);  // approve
        case 26: return first_of<44, 47>(bits);  // escalate
        case 30: return first_of<53>(bits);  // archive
        case 31: return first_of<62>(bits);  // withdraw
        case 32: return first_of<69>(bits);  // reopen
        default: return {};
      }
    case 9:  // explained
      switch (event) {
        case 21: return first_of<34>(bits);  // publish
        case 30: return first_of<54>(bits);  // archive
        case 31: return first_of<63>(bits);  // withdraw
        case 32: return first_of<68>(bits);  // reopen
        default: return {};
      }
    case 10:  // publicized
      switch (event) {
        case 22: return first_of<35>(bits);  // object
        case 25: return first_of<40>(bits);  // approve
        case 26: return first_of<43, 46>(bits);  // escalate
        case 30: return first_of<51, 52>(bits);  // archive
        case 31: return first_of<64>(bits);  // withdraw
        default: return {};
      }
    case 11:  // objection_review
      switch (event) {
        case 23: return first_of<38>(bits);  // uphold_objection
        case 24: return first_of<39>(bits);  // reject_objection
        case 31: return first_of<65>(bits);  // withdraw
        default: return {};
      }
    case 12:  // escalated_to_county
      switch (event) {
        case 22: return first_of<37>(bits);  // object
        case 27: return first_of<48>(bits);  // county_approve
        case 28: return first_of<49>(bits);  // county_refuse
        case 29: return first_of<50>(bits);  // county_return
        case 31: return first_of<66>(bits);  // withdraw
        default: return {};
      }
    case 13:  // archived
      switch (event) {
        case 32: return first_of<67>(bits);  // reopen
        default: return {};
      }
    case 14:  // withdrawn
      switch (event) {
        case 32: return first_of<70>(bits);  // reopen
        default: return {};
      }
    default: return {};
  }
}

}  // namespace yimen::tests
