/**
 * How the parts of a chain call each other, and the copies of their classes that keep those calls
 * fast.
 *
 * <p>Way in: {@link io.millrace.runtime.chain.Receiver} is what every part of a chain is to the one
 * before it; {@link io.millrace.runtime.chain.ClassCopies} gives each place in a chain its own copy
 * of the class that stands there. Threads: receivers are confined to their task; class copies are
 * thread-safe. Design: {@code docs/design/tasks.md}.
 */
package io.millrace.runtime.chain;
