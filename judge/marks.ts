/** How an element is told its type while it is judged. */
export const PREFIX = 'portico-message';
export const XSI_PREFIX = 'portico-xsi';
