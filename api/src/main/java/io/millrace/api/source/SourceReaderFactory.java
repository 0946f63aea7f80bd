package io.millrace.api.source;

import java.io.Serializable;

/** Makes readers. */
public interface SourceReaderFactory<T, SplitT extends SourceSplit> extends Serializable {
    /** Called once a subtask and attempt; the engine closes the reader. */
    SourceReader<T, SplitT> createReader(SourceReaderContext readerContext) throws Exception;
}
