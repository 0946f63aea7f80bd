package io.millrace.api.input;

import java.util.List;

/** Decides which split a subtask reads next. Confined to the enumerator. */
public interface InputSplitAssigner {
    /**
     * @param host where the subtask runs; null if unknown
     * @param taskId the subtask, from 0
     * @return null if there is none left
     */
    InputSplit getNextInputSplit(String host, int taskId);

    /** Splits of a subtask that failed, to be given out again. */
    void returnInputSplit(List<InputSplit> splits, int taskId);
}
