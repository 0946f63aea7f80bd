package io.millrace.api.source;

import java.io.Serializable;

/**
 * What an enumerator is given by the engine: also the job's own objects as bytes, for state that
 * holds some of them. Confined to the enumerator's thread.
 */
public interface RichSplitEnumeratorContext<SplitT extends SourceSplit>
        extends SplitEnumeratorContext<SplitT> {
    /**
     * An object by Java serialization.
     *
     * @throws RuntimeException if it cannot be serialized; says which part of it
     */
    byte[] serializeObject(Serializable object);

    /**
     * The object again, by the classes of the job.
     *
     * @throws RuntimeException if the classes are not what they were, or may not be read
     */
    <T> T deserializeObject(byte[] bytes, Class<T> type);
}
