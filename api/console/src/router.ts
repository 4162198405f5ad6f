// The console's pages. Each has a title; who is not logged in goes to the log-in first and comes
// back afterwards.
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import type { TextKey } from './language';
import * as session from './session';

declare module 'vue-router' {
  interface RouteMeta {
    title: TextKey;
    open?: boolean;
  }
}

const pages: RouteRecordRaw[] = [
  { path: '/', redirect: '/console/inbox' },
  { path: '/console', redirect: '/console/inbox' },
  {
    path: '/console/login',
    component: () => import('./pages/LogInPage.vue'),
    meta: { title: 'login.title', open: true },
  },
  {
    path: '/console/inbox',
    component: () => import('./pages/InboxPage.vue'),
    meta: { title: 'inbox.title' },
  },
  {
    path: '/console/cases',
    component: () => import('./pages/CasesPage.vue'),
    meta: { title: 'cases.title' },
  },
  {
    path: '/console/cases/:id',
    component: () => import('./pages/CasePage.vue'),
    meta: { title: 'case.title' },
  },
  {
    path: '/console/lead',
    component: () => import('./pages/LeadPage.vue'),
    meta: { title: 'lead.title', open: true },
  },
  {
    path: '/console/signoffs',
    component: () => import('./pages/SignoffsPage.vue'),
    meta: { title: 'signoffs.title' },
  },
  {
    path: '/console/assignment',
    component: () => import('./pages/AssignmentPage.vue'),
    meta: { title: 'assignment.title' },
  },
  {
    path: '/console/board',
    component: () => import('./pages/BoardPage.vue'),
    meta: { title: 'board.title' },
  },
  {
    path: '/console/procedures',
    component: () => import('./pages/ProceduresPage.vue'),
    meta: { title: 'procedures.title' },
  },
  {
    path: '/console/calendar',
    component: () => import('./pages/CalendarPage.vue'),
    meta: { title: 'calendar.title' },
  },
  {
    path: '/console/organisation',
    component: () => import('./pages/OrganisationPage.vue'),
    meta: { title: 'organisation.title' },
  },
  {
    path: '/console/users',
    component: () => import('./pages/UsersPage.vue'),
    meta: { title: 'users.title' },
  },
  {
    path: '/console/notifications',
    component: () => import('./pages/NotificationsPage.vue'),
    meta: { title: 'notifications.title' },
  },
  {
    path: '/console/meetings',
    component: () => import('./pages/MeetingsPage.vue'),
    meta: { title: 'meetings.title' },
  },
  {
    path: '/console/time-limits',
    component: () => import('./pages/TimeLimitsPage.vue'),
    meta: { title: 'time_limits.title' },
  },
  {
    path: '/console/time-limits/cases',
    component: () => import('./pages/TimeLimitCasesPage.vue'),
    meta: { title: 'time_limits.cases' },
  },
  {
    path: '/console/cases/:id/clocks',
    component: () => import('./pages/ClocksPage.vue'),
    meta: { title: 'clocks.title' },
  },
  {
    path: '/console/audit',
    component: () => import('./pages/AuditPage.vue'),
    meta: { title: 'audit.title' },
  },
  {
    path: '/console/acts',
    component: () => import('./pages/ActsPage.vue'),
    meta: { title: 'acts.title' },
  },
  {
    path: '/console/password',
    component: () => import('./pages/PasswordPage.vue'),
    meta: { title: 'password.title' },
  },
  {
    path: '/console/account',
    component: () => import('./pages/AccountPage.vue'),
    meta: { title: 'account.title' },
  },
  {
    path: '/:rest(.*)*',
    component: () => import('./pages/NotFoundPage.vue'),
    meta: { title: 'not_found.title', open: true },
  },
];

export const router = createRouter({
  history: createWebHistory(),
  routes: pages,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

const PASSWORD = '/console/password';

// Without a line nobody can be asked who is there: only the page that does without is open then.
async function isKnown(): Promise<boolean> {
  if (session.me.value) return true;
  if (!session.mayBeLoggedIn()) return false;
  try {
    await Promise.all([session.learnWhoIAm(), session.learnWords()]);
    return true;
  } catch {
    return false;
  }
}

router.beforeEach(async (to) => {
  const known = await isKnown();
  const query = { to: to.fullPath };
  if (known && session.me.value?.must_change_password && to.path !== PASSWORD) {
    return { path: PASSWORD, query };
  }
  if (known || to.meta.open) return true;
  return { path: '/console/login', query };
});

// Where somebody was led away from; only a page of this console may be gone to.
export function afterLogIn(to: unknown): string {
  const wanted = String(to ?? '');
  const [, , page = ''] = wanted.split(/[/?]/);
  if (wanted.startsWith('/console/') && !['login', 'password'].includes(page)) return wanted;
  return session.holds('administrator') ? '/console/users' : '/console/inbox';
}
