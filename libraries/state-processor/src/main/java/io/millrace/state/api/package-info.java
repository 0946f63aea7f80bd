/**
 * State of savepoints as bounded streams, and new savepoints written by bounded jobs.
 *
 * <p>Way in: {@link io.millrace.state.api.SavepointReader} and {@link
 * io.millrace.state.api.SavepointWriter}, by programs; names and signatures are Flink's. Everything
 * here runs where the program is built, but for the functions. Design: {@code
 * docs/design/state-processor.md}.
 */
package io.millrace.state.api;
