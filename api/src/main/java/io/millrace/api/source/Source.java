package io.millrace.api.source;

/**
 * The description of where records come from: makes enumerators, readers and the serializers of
 * what travels between them. Immutable once given to a stream; serialized with the job.
 *
 * @param <T> the records
 * @param <SplitT> the splits
 * @param <EnumChkT> the enumerator's state
 */
public interface Source<T, SplitT extends SourceSplit, EnumChkT>
        extends SourceReaderFactory<T, SplitT> {
    Boundedness getBoundedness();

    SplitEnumerator<SplitT, EnumChkT> createEnumerator(SplitEnumeratorContext<SplitT> enumContext)
            throws Exception;

    /** An enumerator that goes on where the one that made {@code checkpoint} was. */
    SplitEnumerator<SplitT, EnumChkT> restoreEnumerator(
            SplitEnumeratorContext<SplitT> enumContext, EnumChkT checkpoint) throws Exception;

    SimpleVersionedSerializer<SplitT> getSplitSerializer();

    SimpleVersionedSerializer<EnumChkT> getEnumeratorCheckpointSerializer();
}
