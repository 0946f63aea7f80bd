/**
 * Which tasks of a stage are so slow that another attempt is worth a try. Way in: {@link
 * io.millrace.coordinator.speculate.SlowTasks}, a pure function of values; any thread. Who runs the
 * attempts is {@code SecondAttempts} of the job. Design: {@code docs/design/control-plane.md}.
 */
package io.millrace.coordinator.speculate;
