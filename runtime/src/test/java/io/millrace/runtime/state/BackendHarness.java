package io.millrace.runtime.state;

import io.millrace.api.option.Config;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Back ends of one operator, and the checkpoints between them. Confined to the test. */
public final class BackendHarness implements AutoCloseable {
    public static final int KEY_GROUPS = 16;

    private final KeyedBackendProvider provider;
    private final Path directory;
    private final JobSerializers serializers;
    private final MemorySegments segments = new MemorySegments();
    private final List<KeyedBackend> made = new ArrayList<>();
    private Config config = Config.empty();
    private long checkpoints;

    public BackendHarness(KeyedBackendProvider provider, Path directory) {
        this.provider = provider;
        this.directory = directory;
        this.serializers = new JobSerializers(BackendHarness.class.getClassLoader());
    }

    public BackendHarness with(Config options) {
        config = options;
        return this;
    }

    public MemorySegments segments() {
        return segments;
    }

    public Serializer<Object> serializer(TypeInformation<?> type) {
        return serializers.of(type);
    }

    /** With all key groups and nothing restored. */
    public KeyedBackend backend(TypeInformation<?> keys) throws Exception {
        return backend(keys, 0, KEY_GROUPS - 1, List.of());
    }

    /** With all key groups, from one checkpoint. */
    public KeyedBackend restored(TypeInformation<?> keys, List<StatePart> parts) throws Exception {
        return backend(keys, 0, KEY_GROUPS - 1, List.of(parts));
    }

    /**
     * @param bySubtask the parts of the earlier subtasks
     */
    public KeyedBackend backend(
            TypeInformation<?> keys, int first, int last, List<List<StatePart>> bySubtask)
            throws Exception {
        List<RestoredPart> restored = new ArrayList<>();
        for (int subtask = 0; subtask < bySubtask.size(); subtask++) {
            for (StatePart part : bySubtask.get(subtask)) {
                restored.add(new RestoredPart(part, subtask, 0, 0));
            }
        }
        KeyedBackend backend =
                provider.create(
                        new KeyedBackendRequest(
                                "tested",
                                serializers.of(keys),
                                first,
                                last,
                                KEY_GROUPS,
                                config,
                                directory.resolve("backend-" + made.size()),
                                serializers,
                                restored,
                                segments));
        made.add(backend);
        return backend;
    }

    /** The same key hash that travels with records. */
    public static void setKey(KeyedBackend backend, Object key) {
        backend.setKey(key, KeyGroups.hash(key));
    }

    public static int groupOf(Object key) {
        return KeyGroups.group(KeyGroups.hash(key), KEY_GROUPS);
    }

    public long nextCheckpoint() {
        return ++checkpoints;
    }

    /** A whole checkpoint that is complete at once. */
    public List<StatePart> checkpoint(KeyedBackend backend, CheckpointKind kind)
            throws IOException {
        long id = nextCheckpoint();
        List<StatePart> parts = write(backend.freeze(id, kind), id);
        backend.onComplete(id);
        return parts;
    }

    public List<StatePart> write(FrozenState frozen, long id) throws IOException {
        try (frozen) {
            return frozen.writeTo(segments.file("file-" + id));
        }
    }

    @Override
    public void close() {
        made.forEach(KeyedBackend::close);
    }
}
