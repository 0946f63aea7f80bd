package io.millrace.state.api.reader;

import io.millrace.api.input.BaseStatistics;
import io.millrace.api.input.DefaultInputSplitAssigner;
import io.millrace.api.input.GenericInputSplit;
import io.millrace.api.input.InputSplitAssigner;
import io.millrace.api.input.RichInputFormat;
import io.millrace.api.option.Configuration;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.state.api.saved.SavedOperator;
import io.millrace.state.api.saved.SavedState;
import java.io.IOException;

/**
 * Reads what one operator of a savepoint has, one numbered split after another. The manifest is
 * read once where splits are found and once in each task. Confined to its task.
 *
 * @param <OUT> what is read
 */
abstract class SavedFormat<OUT> extends RichInputFormat<OUT, GenericInputSplit> {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String operatorId;
    private transient SavedOperator operator; // null until it is asked for

    SavedFormat(String path, String operatorId) {
        this.path = path;
        this.operatorId = operatorId;
    }

    final SavedOperator operator() {
        if (operator == null) {
            operator = SavedState.open(path).operator(operatorId);
        }
        return operator;
    }

    final JobSerializers serializers() {
        return new JobSerializers(getRuntimeContext().getUserCodeClassLoader());
    }

    /** How many splits there are, at least 1; the same each time. */
    abstract int splits(int minSplits);

    @Override
    public final void configure(Configuration parameters) {}

    @Override
    public final BaseStatistics getStatistics(BaseStatistics cachedStatistics) {
        return cachedStatistics;
    }

    @Override
    public final GenericInputSplit[] createInputSplits(int minNumSplits) {
        int count = splits(minNumSplits);
        GenericInputSplit[] splits = new GenericInputSplit[count];
        for (int i = 0; i < count; i++) {
            splits[i] = new GenericInputSplit(i, count);
        }
        return splits;
    }

    @Override
    public final InputSplitAssigner getInputSplitAssigner(GenericInputSplit[] inputSplits) {
        return new DefaultInputSplitAssigner(inputSplits);
    }

    /** What a function throws goes out as it is where it may. */
    static IOException asIo(String what, Exception cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return cause instanceof IOException io ? io : new IOException(what + ": " + cause, cause);
    }
}
