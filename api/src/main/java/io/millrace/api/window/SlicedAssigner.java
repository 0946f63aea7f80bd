package io.millrace.api.window;

/**
 * An assigner of windows of one size that begin at equal distances: so time can be cut into slices,
 * of which each window is a sequence. An operator may keep one accumulator for each slice instead
 * of one for each window.
 */
public interface SlicedAssigner {
    /** Of a window, in milliseconds, at least 1. */
    long getSize();

    /** From the start of a window to that of the next one, in milliseconds, at least 1. */
    long getSlide();

    /** A time at which a window starts, in milliseconds since the epoch. */
    long getOffset();

    /** False if the windows of different subtasks start at different times. */
    default boolean isAligned() {
        return true;
    }
}
