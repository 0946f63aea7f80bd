/**
 * Input formats: an older way to read, in which a program's own code finds splits and reads their
 * records one by one. A {@link io.millrace.api.source.Source} does all that a format does, and
 * more.
 *
 * <p>Way in: {@code createInput} and {@code readFile} of the environment wrap an {@link
 * io.millrace.api.input.InputFormat} into an {@link io.millrace.api.input.InputFormatSource}; for
 * files, extend {@link io.millrace.api.input.FileInputFormat} or {@link
 * io.millrace.api.input.DelimitedInputFormat}.
 *
 * <p>Threads: one copy of a format finds splits on the enumerator's thread, others read on the
 * threads of their tasks; none is shared. Design: {@code docs/design/api.md}.
 */
package io.millrace.api.input;
