package io.millrace.api.input;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Gives splits in their order to whoever asks. Thread-safe. */
public class DefaultInputSplitAssigner implements InputSplitAssigner {
    private final ArrayDeque<InputSplit> splits;

    public DefaultInputSplitAssigner(InputSplit[] splits) {
        this(Arrays.asList(splits));
    }

    public DefaultInputSplitAssigner(Collection<? extends InputSplit> splits) {
        this.splits = new ArrayDeque<>(splits);
    }

    @Override
    public synchronized InputSplit getNextInputSplit(String host, int taskId) {
        return splits.poll();
    }

    @Override
    public synchronized void returnInputSplit(List<InputSplit> splits, int taskId) {
        this.splits.addAll(splits);
    }
}
