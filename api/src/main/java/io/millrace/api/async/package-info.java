/**
 * Functions whose results come later, from other threads: what a program writes for {@code
 * AsyncDataStream}. A function's methods are called on the task's thread; a {@link
 * io.millrace.api.async.ResultFuture} may be completed from any thread.
 */
package io.millrace.api.async;
