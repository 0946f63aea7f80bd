package io.millrace.api.input;

import io.millrace.api.function.RuntimeContext;
import io.millrace.api.option.Configuration;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Reads all splits of another format in each subtask. Confined to its task. */
public final class ReplicatingInputFormat<OT, S extends InputSplit> extends RichInputFormat<OT, S> {
    private static final long serialVersionUID = 1L;

    private final InputFormat<OT, S> replicated;

    public ReplicatingInputFormat(InputFormat<OT, S> wrappedIF) {
        this.replicated = wrappedIF;
    }

    public InputFormat<OT, S> getReplicatedInputFormat() {
        return replicated;
    }

    @Override
    public void configure(Configuration parameters) {
        replicated.configure(parameters);
    }

    @Override
    public BaseStatistics getStatistics(BaseStatistics cachedStatistics) throws IOException {
        return replicated.getStatistics(cachedStatistics);
    }

    @Override
    public S[] createInputSplits(int minNumSplits) throws IOException {
        return replicated.createInputSplits(minNumSplits);
    }

    @Override
    public InputSplitAssigner getInputSplitAssigner(S[] inputSplits) {
        return new EachForAll(inputSplits);
    }

    @Override
    public void open(S split) throws IOException {
        replicated.open(split);
    }

    @Override
    public boolean reachedEnd() throws IOException {
        return replicated.reachedEnd();
    }

    @Override
    public OT nextRecord(OT reuse) throws IOException {
        return replicated.nextRecord(reuse);
    }

    @Override
    public void close() throws IOException {
        replicated.close();
    }

    @Override
    public void setRuntimeContext(RuntimeContext context) {
        super.setRuntimeContext(context);
        if (replicated instanceof RichInputFormat<OT, S> rich) {
            rich.setRuntimeContext(context);
        }
    }

    @Override
    public void openInputFormat() throws IOException {
        if (replicated instanceof RichInputFormat<OT, S> rich) {
            rich.openInputFormat();
        }
    }

    @Override
    public void closeInputFormat() throws IOException {
        if (replicated instanceof RichInputFormat<OT, S> rich) {
            rich.closeInputFormat();
        }
    }

    /** Gives every split to every subtask. Confined to the enumerator. */
    private static final class EachForAll implements InputSplitAssigner {
        private final List<InputSplit> all;
        private final Map<Integer, Queue<InputSplit>> left = new HashMap<>();

        EachForAll(InputSplit[] splits) {
            this.all = List.of(splits);
        }

        @Override
        public InputSplit getNextInputSplit(String host, int taskId) {
            return leftOf(taskId).poll();
        }

        @Override
        public void returnInputSplit(List<InputSplit> splits, int taskId) {
            leftOf(taskId).addAll(splits);
        }

        private Queue<InputSplit> leftOf(int subtask) {
            return left.computeIfAbsent(subtask, unused -> new ArrayDeque<>(all));
        }
    }
}
