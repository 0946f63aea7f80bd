package io.millrace.api.input;

import java.io.Serializable;

/** Makes splits, and who gives them out. Confined to the enumerator. */
public interface InputSplitSource<T extends InputSplit> extends Serializable {
    /**
     * @param minNumSplits so many would occupy every subtask; a hint
     */
    T[] createInputSplits(int minNumSplits) throws Exception;

    InputSplitAssigner getInputSplitAssigner(T[] inputSplits);
}
