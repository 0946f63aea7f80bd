package io.millrace.api.sink.async;

/** Moves a limit up after successes and down after failures. */
public interface ScalingStrategy<T> {
    T scaleUp(T currentRate);

    T scaleDown(T currentRate);
}
