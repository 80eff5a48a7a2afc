/** The most items on a page, and as many as there are on one when the request does not say or says 0. */
export const GROUP_PAGE_LIMIT = 60;
