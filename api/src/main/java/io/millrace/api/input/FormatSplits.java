package io.millrace.api.input;

import java.io.IOException;
import java.util.Map;

/** Finds splits of an input format. Confined to its enumerator, but for {@link #find}. */
interface FormatSplits {
    /** Splits that were found at one time. */
    record Found(InputSplit[] splits, InputSplitAssigner assigner) {}

    /**
     * What is there and was not found before. Runs beside the enumerator, one call after the other.
     */
    Found find(int parallelism) throws IOException;

    /** Files that were found, with the times of their last changes. */
    Map<String, Long> seen();
}
