/**
 * Between the source readers of a job and its split enumerators: which enumerators run, and whether
 * a word from either side is still meant for the other. Way in: {@link
 * io.millrace.coordinator.enumerate.Enumerators}. Confined to the coordinator's thread; the
 * enumerators themselves run elsewhere.
 */
package io.millrace.coordinator.enumerate;
