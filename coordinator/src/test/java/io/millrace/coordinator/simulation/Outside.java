package io.millrace.coordinator.simulation;

import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.plan.JobId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The world that the output is for: what was committed is visible here, and committing the same
 * thing again changes nothing.
 */
final class Outside {
    private final TreeMap<String, TreeMap<String, byte[]>> committed = new TreeMap<>();

    /** The bytes of a committable: attempt, then records. */
    static byte[] prepare(int attempt, List<Integer> records) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * records.size());
        buffer.putInt(attempt);
        records.forEach(buffer::putInt);
        return buffer.array();
    }

    /** Returns false if all of it had been committed before. */
    boolean commit(JobId job, OperatorCommittables prepared) {
        boolean fresh = false;
        for (byte[] committable : prepared.committables()) {
            int attempt = ByteBuffer.wrap(committable).getInt();
            String name = prepared.vertexId() + "/" + prepared.subtask() + "#" + attempt;
            fresh |=
                    committed
                                    .computeIfAbsent(job.hex(), id -> new TreeMap<>())
                                    .put(name, committable)
                            == null;
        }
        return fresh;
    }

    boolean isEmpty(JobId job) {
        return !committed.containsKey(job.hex());
    }

    /** All committed records of a sink vertex, sorted; one that was committed twice comes twice. */
    List<Integer> records(JobId job, int vertexId) {
        List<Integer> records = new ArrayList<>();
        committed
                .getOrDefault(job.hex(), new TreeMap<>())
                .forEach(
                        (name, bytes) -> {
                            if (name.startsWith(vertexId + "/")) {
                                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                                buffer.getInt();
                                while (buffer.hasRemaining()) {
                                    records.add(buffer.getInt());
                                }
                            }
                        });
        records.sort(null);
        return records;
    }

    /** The attempts of a sink vertex of which something was committed. */
    TreeSet<Integer> attempts(JobId job, int vertexId) {
        TreeSet<Integer> attempts = new TreeSet<>();
        committed
                .getOrDefault(job.hex(), new TreeMap<>())
                .forEach(
                        (name, bytes) -> {
                            if (name.startsWith(vertexId + "/")) {
                                attempts.add(ByteBuffer.wrap(bytes).getInt());
                            }
                        });
        return attempts;
    }
}
