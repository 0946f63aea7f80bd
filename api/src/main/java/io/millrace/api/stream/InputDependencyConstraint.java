package io.millrace.api.stream;

/**
 * When a task whose inputs are not all there yet was started.
 *
 * @deprecated the scheduler decides
 */
@Deprecated
public enum InputDependencyConstraint {
    ANY,
    ALL
}
