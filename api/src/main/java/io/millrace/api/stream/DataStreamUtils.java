package io.millrace.api.stream;

import io.millrace.api.function.KeySelector;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** More that can be done with streams. Pure, but for the programs that are executed. */
public final class DataStreamUtils {
    private DataStreamUtils() {}

    /**
     * A stream whose records are already where {@code keyBy} would bring them, as a keyed one:
     * nothing is exchanged. The subtasks of both sides must be as many, and have as many key
     * groups; records in a wrong subtask give wrong results, and nobody notices.
     */
    public static <T, K> KeyedStream<T, K> reinterpretAsKeyedStream(
            DataStream<T> stream, KeySelector<T, K> keySelector) {
        return reinterpretAsKeyedStream(
                stream,
                keySelector,
                TypeExtractor.resultOf(keySelector, KeySelector.class, 1, 0, stream.getType()));
    }

    /** The same with the type of the keys. */
    public static <T, K> KeyedStream<T, K> reinterpretAsKeyedStream(
            DataStream<T> stream, KeySelector<T, K> keySelector, TypeInformation<K> typeInfo) {
        return KeyedStream.whereItIs(stream, keySelector, typeInfo);
    }

    /**
     * @deprecated use {@link DataStream#executeAndCollect()}
     */
    @Deprecated
    public static <OUT> Iterator<OUT> collect(DataStream<OUT> stream) {
        return collect(stream, "Data Stream Collect");
    }

    /**
     * Executes the program; the iterator gives the records of the stream.
     *
     * @throws IllegalStateException if the program cannot be started
     * @deprecated use {@link DataStream#executeAndCollect(String)}, whose iterator can be closed
     */
    @Deprecated
    public static <OUT> Iterator<OUT> collect(DataStream<OUT> stream, String executionJobName) {
        try {
            return stream.executeAndCollect(executionJobName);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The program could not be started: " + e.getMessage(), e);
        }
    }

    /**
     * Executes the program; gives its job too.
     *
     * @deprecated use {@link DataStream#collectAsync()} and {@code executeAsync()}
     */
    @Deprecated
    public static <OUT> ClientAndIterator<OUT> collectWithClient(
            DataStream<OUT> stream, String jobExecutionName) throws Exception {
        return stream.executeWithClient(jobExecutionName);
    }

    /**
     * Executes the program; all records of the stream.
     *
     * @deprecated use {@link DataStream#executeAndCollect(String)}
     */
    @Deprecated
    public static <E> List<E> collectBoundedStream(DataStream<E> stream, String jobName)
            throws Exception {
        List<E> all = new ArrayList<>();
        try (CloseableIterator<E> records = stream.executeAndCollect(jobName)) {
            records.forEachRemaining(all::add);
        }
        return all;
    }

    /**
     * Executes the program until it has given so many records, and cancels it.
     *
     * @throws IllegalArgumentException if the stream ends before
     * @deprecated use {@link DataStream#executeAndCollect(String, int)}
     */
    @Deprecated
    public static <E> List<E> collectUnboundedStream(
            DataStream<E> stream, int numElements, String jobName) throws Exception {
        try (ClientAndIterator<E> job = collectWithClient(stream, jobName)) {
            return collectRecordsFromUnboundedStream(job, numElements);
        }
    }

    /**
     * So many records of a job that runs. The job goes on.
     *
     * @throws IllegalArgumentException if the stream ends before
     * @deprecated read the iterator of {@link DataStream#collectAsync()}
     */
    @Deprecated
    public static <E> List<E> collectRecordsFromUnboundedStream(
            ClientAndIterator<E> client, int numElements) {
        List<E> records = new ArrayList<>();
        while (records.size() < numElements && client.iterator.hasNext()) {
            records.add(client.iterator.next());
        }
        if (records.size() < numElements) {
            throw new IllegalArgumentException(
                    "The stream ended after "
                            + records.size()
                            + " records; "
                            + numElements
                            + " were asked for.");
        }
        return records;
    }
}
