/**
 * Named places between two durable steps, where tests end a process: the registry for all floors.
 * Not for programs. Way in: {@link io.millrace.api.fault.FaultPoint}. Thread-safe. Design: {@code
 * docs/design/fault-points.md}.
 */
package io.millrace.api.fault;
