/**
 * Every kill point of checkpoints and recovery, in jobs of real processes: a process dies, stands
 * still or gets no answer of storage there, and the output is that of a run in which nothing
 * happened.
 *
 * <p>Way in: {@link io.millrace.host.sweep.Sweep}, the command, and {@code FaultSweepTest}, a part
 * of it in every build. A coordinator and two workers are processes of their own ({@link
 * io.millrace.host.sweep.ProcessMain}); {@link io.millrace.host.sweep.Application} is in YARN's
 * place, {@link io.millrace.host.sweep.SequencesJudge} reads what is left. Design: {@code
 * docs/design/fault-points.md}.
 */
package io.millrace.host.sweep;
