package io.millrace.testutils;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the sinks of tests have got, by the id of the sink. Thread-safe: subtasks add, tests read.
 *
 * <p>Static, because a sink travels to its subtasks as bytes: the test's sink and theirs are
 * different objects, which have nothing in common but the process.
 */
final class Collected {
    private static final Map<UUID, List<Object>> RECORDS = new ConcurrentHashMap<>();

    private Collected() {}

    static UUID open() {
        UUID id = UUID.randomUUID();
        RECORDS.put(id, new ArrayList<>());
        return id;
    }

    static void add(UUID id, Object record) {
        List<Object> records = RECORDS.get(id);
        if (records == null) {
            throw new IllegalStateException(
                    "A sink of a test got a record, but the test has closed it, or runs in another"
                            + " process.");
        }
        synchronized (records) {
            records.add(record);
        }
    }

    /** A copy, in the order of arrival. */
    @SuppressWarnings("unchecked")
    static <T> List<T> of(UUID id) {
        List<Object> records = RECORDS.getOrDefault(id, List.of());
        synchronized (records) {
            return (List<T>) new ArrayList<>(records);
        }
    }

    static void forget(UUID id) {
        RECORDS.remove(id);
    }
}
