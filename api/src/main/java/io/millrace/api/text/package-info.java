/**
 * Text forms that programs print and parse, beside those of options. Way in: {@link
 * io.millrace.api.text.StringUtils}. Pure; any thread.
 */
package io.millrace.api.text;
