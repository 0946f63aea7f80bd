package io.millrace.state.api.reader;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.option.Config;
import io.millrace.api.time.TimeDomain;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.BackendName;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.KeyedBackendRequest;
import io.millrace.runtime.state.KeyedBackends;
import io.millrace.runtime.state.user.UserStates;
import io.millrace.runtime.time.KeyedTimers;
import io.millrace.runtime.time.TimerRows;
import io.millrace.runtime.time.TimersSetup;
import io.millrace.state.api.saved.SavedOperator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Keyed state and timers of some key groups of a savepoint, in a back end of its own that nobody
 * saves. Confined to its task.
 */
final class KeyRange implements AutoCloseable {
    private static final String ON_DISK = "rocksdb";

    private final SavedOperator operator;
    private final KeyedBackendRequest request;
    private final Path directory;
    private final KeyedBackend backend;
    private final UserStates states;
    private Map<Object, Map<TimeDomain, TreeSet<Long>>> timers; // null until asked for

    /**
     * @param split of {@code splits}, each of which has some key groups
     * @param backendName such as {@code heap}; state that lies as a database's files is read by
     *     that database in any case
     */
    KeyRange(
            SavedOperator operator,
            JobSerializers serializers,
            Serializer<Object> keys,
            int split,
            int splits,
            String backendName)
            throws Exception {
        this.operator = operator;
        int maxParallelism = operator.entry().maxParallelism();
        int first = KeyGroups.first(split, splits, maxParallelism);
        int last = KeyGroups.last(split, splits, maxParallelism);
        this.directory = Files.createTempDirectory("millrace-savepoint-read");
        Config config = Config.empty().with(CheckpointOptions.STATE_BACKEND, backendName);
        String name = operator.hasRows() ? BackendName.of(config) : ON_DISK;
        this.request =
                new KeyedBackendRequest(
                        operator.name(),
                        keys,
                        first,
                        last,
                        maxParallelism,
                        config,
                        directory.resolve("state"),
                        serializers,
                        operator.parts(StatePart.Kind.KEYED, first, last),
                        operator.segments());
        KeyedBackend made = null;
        try {
            made = KeyedBackends.named(name).create(request);
        } finally {
            if (made == null) {
                remove(directory);
            }
        }
        this.backend = made;
        this.states =
                new UserStates(
                        operator.name(),
                        name,
                        () -> backend,
                        serializers,
                        System::currentTimeMillis);
    }

    KeyedBackend backend() {
        return backend;
    }

    /** What the back end was made from. */
    KeyedBackendRequest request() {
        return request;
    }

    UserStates states() {
        return states;
    }

    /** The states that follow are those of this key. */
    void setKey(Object key) {
        backend.setKey(key, KeyGroups.hash(key));
    }

    /** Adds all keys that have something in a table without namespaces. */
    void addKeys(String table, Set<Object> found) {
        backend.forEachKey(table, null, found::add);
    }

    /** The timers of a key that have no namespace, ascending, in milliseconds since the epoch. */
    Set<Long> timers(TimeDomain domain, Object key) {
        if (timers == null) {
            timers = readTimers();
        }
        Map<TimeDomain, TreeSet<Long>> ofKey = timers.getOrDefault(key, Map.of());
        return Collections.unmodifiableSet(ofKey.getOrDefault(domain, new TreeSet<>()));
    }

    private List<RestoredPart> timerParts() {
        return operator.parts(
                StatePart.Kind.TIMERS, request.firstKeyGroup(), request.lastKeyGroup());
    }

    private Map<Object, Map<TimeDomain, TreeSet<Long>>> readTimers() {
        Map<Object, Map<TimeDomain, TreeSet<Long>>> found = new HashMap<>();
        List<RestoredPart> parts = timerParts();
        Set<String> names = new TreeSet<>();
        for (RestoredPart each : parts) {
            if (TimerRows.parse(each.part().description()).namespaces() == null) {
                names.add(each.part().name());
            }
        }
        for (String name : names) {
            KeyedTimers read = timersOf(name, null, parts);
            for (TimeDomain domain : TimeDomain.values()) {
                read.forEach(
                        domain,
                        (timestampMs, key, namespace) ->
                                found.computeIfAbsent(key, unused -> new HashMap<>())
                                        .computeIfAbsent(domain, unused -> new TreeSet<>())
                                        .add(timestampMs));
            }
        }
        return found;
    }

    /** Timers of a name as the savepoint has them; they never fire. */
    KeyedTimers timersOf(String name, Serializer<Object> namespaces) {
        return timersOf(name, namespaces, timerParts());
    }

    private KeyedTimers timersOf(
            String name, Serializer<Object> namespaces, List<RestoredPart> parts) {
        KeyedTimers read =
                new KeyedTimers(
                        (domain, timestampMs, key, keyHash, namespace) -> {},
                        null,
                        new TimersSetup(
                                operator.name(),
                                name,
                                request.keys(),
                                namespaces,
                                request.firstKeyGroup(),
                                request.lastKeyGroup(),
                                request.maxParallelism(),
                                request.serializers(),
                                false,
                                parts,
                                operator.segments()));
        read.restore();
        return read;
    }

    @Override
    public void close() throws IOException {
        try {
            backend.close();
        } finally {
            remove(directory);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
