/**
 * Error codes and the one exception that carries them. Way in: {@link
 * io.millrace.api.error.MillraceException}. Everybody may call; immutable.
 */
package io.millrace.api.error;
