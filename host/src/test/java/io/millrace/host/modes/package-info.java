/**
 * Random programs that have one result in both modes: a seed makes a small program over sources
 * that end, and it runs as a stream and as batch jobs of several settings. What comes out is
 * compared as a multiset with what plain loops over lists make of the same program.
 *
 * <p>Way in: {@code ModesTest}, a few seeds in every build, and {@link
 * io.millrace.host.modes.Campaign}, the command. A {@link io.millrace.host.modes.Step} is what the
 * engine is asked to do and, beside it, the loop that says what must come of it; {@link
 * io.millrace.host.modes.ProgramMaker} chooses steps. Results depend on nothing but the records:
 * functions do not mind the order, time is in the records, and no record is late.
 */
package io.millrace.host.modes;
