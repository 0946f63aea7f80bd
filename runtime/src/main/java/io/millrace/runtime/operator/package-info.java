/**
 * The operators: one class for each kind of {@code OperatorSpec}, pushed from the place before,
 * pushing to the place behind.
 *
 * <p>Way in: {@link io.millrace.runtime.operator.OperatorCatalogue} says which class runs a kind;
 * {@link io.millrace.runtime.operator.StreamOperators} is the one for streaming, others build on
 * it. An operator class is final, top-level, without lambdas or nested classes, and has one
 * constructor {@code (XSpec, OperatorContext, Receiver next)}: it is copied for each chain.
 * Threads: confined to the task. Design: {@code docs/design/tasks.md}.
 */
package io.millrace.runtime.operator;
