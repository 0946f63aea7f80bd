package io.millrace.host.modes;

import io.millrace.api.stream.DataStream;
import java.util.List;

/** What is done to some streams, and what must come of it. Immutable; its text says it all. */
interface Step {
    int inputs();

    /** Whether the inputs must be timed: each record's time is its event time, and none is late. */
    default boolean needsTime() {
        return false;
    }

    /** Whether the output is timed if the inputs are. */
    default boolean keepsTime() {
        return true;
    }

    DataStream<Item> build(Place place, List<DataStream<Item>> inputs);

    /** The records of the output, in any order. */
    List<Item> expected(Place place, List<List<Item>> inputs);
}
