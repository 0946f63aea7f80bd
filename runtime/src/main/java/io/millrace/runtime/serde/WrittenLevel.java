package io.millrace.runtime.serde;

/**
 * A struct or union with those around it. Immutable.
 *
 * @param around null for the outermost
 */
record WrittenLevel(Written node, WrittenLevel around) {
    WrittenLevel up(int levels) {
        return levels == 0 ? this : around.up(levels - 1);
    }
}
