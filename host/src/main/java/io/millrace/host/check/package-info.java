/**
 * Looks at a program before it runs: what is likely to go wrong, and what becomes of the state that
 * it starts from. Starts nothing and changes nothing. Way in: {@link
 * io.millrace.host.check.ProgramCheck} and {@link io.millrace.host.check.StateMapping}. Any thread.
 */
package io.millrace.host.check;
