package io.millrace.savepoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.api.option.Config;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.CommittableEntry;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SegmentFile;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;
import io.millrace.runtime.serde.WrittenSchema;
import io.millrace.runtime.state.KeyedBackendRequest;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableReader;
import io.millrace.runtime.state.TableSegments;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.TableSpec.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Checkpoints of one operator with a table of each shape, made of what two subtasks put in, and
 * what a table has when it is read from one.
 */
final class Checkpoints {
    static final String JOB = "0123456789abcdef0123456789abcdef";
    static final int MAX_PARALLELISM = 16;
    static final int SUBTASKS = 2;

    private static final ClassLoader LOADER = Checkpoints.class.getClassLoader();

    /** A value of a program. */
    record Count(String word, int times, List<Double> weights) {}

    static final Serializer<Object> KEYS = Serializers.of(Types.STRING, LOADER);
    static final TableSpec VALUES =
            new TableSpec(
                    "value",
                    Shape.VALUE,
                    null,
                    null,
                    Serializers.of(TypeInformation.of(Count.class), LOADER));
    static final TableSpec LISTS =
            new TableSpec(
                    "list",
                    Shape.LIST,
                    Serializers.of(Types.LONG, LOADER),
                    null,
                    Serializers.of(null, LOADER)); // found at run time
    static final TableSpec MAPS =
            new TableSpec(
                    "map/ä",
                    Shape.MAP,
                    null,
                    Serializers.of(Types.INT, LOADER),
                    Serializers.of(Types.STRING, LOADER));

    /** Writes what a table has of a key; false if it has nothing. */
    interface Content {
        boolean write(String key, BinaryWriter out);
    }

    private final CheckpointDirectory directory;
    private final List<StoredFile> files = new ArrayList<>();
    private final Map<String, List<Piece>> pieces = new TreeMap<>();
    private long checkpointId;
    private SegmentFile file;

    Checkpoints(java.nio.file.Path root) {
        this.directory =
                new CheckpointDirectory(
                        FileSystem.getLocalFileSystem(), new Path(root.toString()), new JobId(JOB));
    }

    CheckpointDirectory directory() {
        return directory;
    }

    void begin(long id) {
        checkpointId = id;
        file = new SegmentFile(directory, 1, id, "w");
    }

    static String key(int number) {
        return "key-" + number;
    }

    /** Adds, for each subtask, a piece with the keys that are removed and those that are put. */
    void add(TableSpec spec, List<String> removed, List<String> put, Content content)
            throws IOException {
        for (int subtask = 0; subtask < SUBTASKS; subtask++) {
            TableSegments segments = new TableSegments(file);
            int first = KeyGroups.first(subtask, SUBTASKS, MAX_PARALLELISM);
            int last = KeyGroups.last(subtask, SUBTASKS, MAX_PARALLELISM);
            for (int group = first; group <= last; group++) {
                addGroup(spec, group, removed, put, content, segments);
            }
            pieces.computeIfAbsent(spec.name() + subtask, name -> new ArrayList<>())
                    .addAll(segments.finish());
        }
    }

    static List<String> keys(int from, int to) {
        return IntStream.range(from, to).mapToObj(Checkpoints::key).toList();
    }

    /** Gives each key something in each table. */
    void put(int from, int to, String word) throws IOException {
        add(
                VALUES,
                List.of(),
                keys(from, to),
                (key, out) -> {
                    VALUES.values().write(new Count(word + key, 3, List.of(0.5, 1.5)), out);
                    return true;
                });
        add(
                LISTS,
                List.of(),
                keys(from, to),
                (key, out) -> {
                    int size = key.length() % 4;
                    out.writeInt(size);
                    for (int i = 0; i < size; i++) {
                        LISTS.values()
                                .write(i % 2 == 0 ? word + key : new Count(word, i, null), out);
                    }
                    return true;
                });
        add(
                MAPS,
                List.of(),
                keys(from, to),
                (key, out) -> {
                    out.writeByte(0);
                    out.writeInt(2);
                    MAPS.mapKeys().write(1, out);
                    out.writeBoolean(true);
                    MAPS.values().write(word, out);
                    MAPS.mapKeys().write(2, out);
                    out.writeBoolean(false);
                    return true;
                });
    }

    private static void addGroup(
            TableSpec spec,
            int group,
            List<String> removed,
            List<String> put,
            Content content,
            TableSegments segments)
            throws IOException {
        BinaryWriter out = segments.beginUnit(group);
        int gone = 0;
        for (String key : removed) {
            if (groupOf(key) == group) {
                writeKey(spec, key, out);
                gone++;
            }
        }
        int rows = 0;
        for (String key : put) {
            if (groupOf(key) == group) {
                writeKey(spec, key, out);
                content.write(key, out);
                rows++;
            }
        }
        segments.endUnit(gone, rows);
    }

    private static int groupOf(String key) {
        return KeyGroups.group(KeyGroups.hash(key), MAX_PARALLELISM);
    }

    private static void writeKey(TableSpec spec, String key, BinaryWriter out) {
        if (spec.namespaces() != null) {
            spec.namespaces().write((long) key.length(), out);
        }
        KEYS.write(key, out);
    }

    /** The checkpoint that was begun last. */
    Manifest end(CheckpointKind kind) throws IOException {
        files.add(file.finish().orElseThrow());
        List<SubtaskEntry> subtasks = new ArrayList<>();
        for (int subtask = 0; subtask < SUBTASKS; subtask++) {
            int of = subtask;
            List<StatePart> parts = new ArrayList<>();
            for (TableSpec spec : List.of(VALUES, LISTS, MAPS)) {
                parts.add(
                        new StatePart(
                                StatePart.Kind.KEYED,
                                spec.name(),
                                TableForm.NAME,
                                KeyGroups.first(of, SUBTASKS, MAX_PARALLELISM),
                                KeyGroups.last(of, SUBTASKS, MAX_PARALLELISM),
                                0,
                                TableForm.of(spec, KEYS).toBytes(),
                                pieces.get(spec.name() + of)));
            }
            parts.add(items(StatePart.Kind.SPLIT_LIST, "offsets", subtask, each -> each + 10L));
            parts.add(splits(subtask));
            parts.add(items(StatePart.Kind.BROADCAST, "rules", 1, each -> each + 20L));
            parts.add(mark(subtask));
            subtasks.add(new SubtaskEntry(false, parts, List.of()));
        }
        return new Manifest(
                JOB,
                "job",
                1,
                checkpointId,
                1_700_000_000_000L,
                kind,
                List.of(
                        new OperatorEntry(
                                "my uid/ü", "Count", SUBTASKS, MAX_PARALLELISM, subtasks)),
                List.of(new EnumeratorEntry("my uid/ü", 3, new byte[] {1, 2, 3})),
                List.of(
                        new CommittableEntry(
                                "my uid/ü",
                                new OperatorCommittables(
                                        4,
                                        1,
                                        1,
                                        checkpointId,
                                        2,
                                        List.of(new byte[] {9}, new byte[] {8})))),
                files);
    }

    private static StatePart items(
            StatePart.Kind kind, String name, int subtask, IntFunction<Long> item) {
        Serializer<Object> longs = Serializers.of(Types.LONG, LOADER);
        BinaryWriter description = new BinaryWriter(64);
        description.writeByteArray(WrittenSchema.of(longs).toBytes());
        BinaryWriter content = new BinaryWriter(64);
        for (int i = 0; i <= subtask; i++) {
            BinaryWriter one = new BinaryWriter(16);
            longs.write(item.apply(i), one);
            content.writeByteArray(one.toByteArray());
        }
        return new StatePart(
                kind,
                name,
                "items/1",
                0,
                -1,
                subtask + 1,
                description.toByteArray(),
                List.of(new Piece.Inline(content.toByteArray())));
    }

    /** As a source has them: bytes of its own. */
    private static StatePart splits(int subtask) {
        BinaryWriter content = new BinaryWriter(64);
        content.writeByteArray(new byte[] {(byte) subtask, 7});
        return new StatePart(
                StatePart.Kind.SPLIT_LIST,
                "splits",
                "items/1",
                0,
                -1,
                1,
                new byte[] {1},
                List.of(new Piece.Inline(content.toByteArray())));
    }

    /** Says something by being there. */
    private static StatePart mark(int subtask) {
        return new StatePart(
                StatePart.Kind.BROADCAST,
                "mark",
                "mark/1",
                0,
                -1,
                0,
                new byte[] {(byte) subtask},
                List.of());
    }

    /** The same checkpoint with other state of its operator. */
    static Manifest with(Manifest like, List<SubtaskEntry> subtasks, List<StoredFile> files) {
        OperatorEntry entry = like.operators().get(0);
        return new Manifest(
                like.jobId(),
                like.jobName(),
                like.epoch(),
                like.checkpointId(),
                like.triggeredAtMs(),
                like.kind(),
                List.of(
                        new OperatorEntry(
                                entry.id(),
                                entry.name(),
                                subtasks.size(),
                                entry.maxParallelism(),
                                subtasks)),
                like.enumerators(),
                like.committables(),
                files);
    }

    /** Of a worker: positions of sources and what sinks have prepared are the coordinator's. */
    static Manifest share(Manifest like, List<SubtaskEntry> subtasks) {
        Manifest all = with(like, subtasks, List.of());
        return new Manifest(
                all.jobId(),
                all.jobName(),
                all.epoch(),
                all.checkpointId(),
                all.triggeredAtMs(),
                all.kind(),
                all.operators(),
                List.of(),
                List.of(),
                List.of());
    }

    /** The files of a directory and its directories, relative and in order; it may be missing. */
    static List<String> filesBelow(java.nio.file.Path root) throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<java.nio.file.Path> all = Files.walk(root)) {
            return all.map(each -> root.relativize(each).toString()).sorted().toList();
        }
    }

    /** Holds the keyed state of a savepoint, restored, against that of the checkpoint. */
    static void requireSame(
            Manifest checkpoint,
            SegmentSource segments,
            TableSavepoint savepoint,
            int parallelism,
            int keys)
            throws IOException {
        assertThat(savepoint.verify().damages()).isEmpty();
        Manifest restored = savepoint.toCheckpoint();
        for (TableSpec spec : List.of(VALUES, LISTS, MAPS)) {
            Map<String, String> before = new TreeMap<>();
            Map<String, String> after = new TreeMap<>();
            for (int subtask = 0; subtask < parallelism; subtask++) {
                before.putAll(read(checkpoint, spec, segments, subtask, parallelism));
                after.putAll(read(restored, spec, savepoint.segments(), subtask, parallelism));
            }
            assertThat(before).hasSize(keys);
            assertThat(after).as(spec.name()).isEqualTo(before);
        }
    }

    /** What a table has, as one subtask of so many reads it. */
    static Map<String, String> read(
            Manifest manifest, TableSpec spec, SegmentSource segments, int subtask, int of)
            throws IOException {
        return read(manifest, spec, segments, subtask, of, MAX_PARALLELISM);
    }

    /** The same with another number of key groups, to which each key must belong. */
    static Map<String, String> read(
            Manifest manifest,
            TableSpec spec,
            SegmentSource segments,
            int subtask,
            int of,
            int maxParallelism)
            throws IOException {
        List<RestoredPart> parts = new ArrayList<>();
        for (OperatorEntry operator : manifest.operators()) {
            for (int i = 0; i < operator.subtasks().size(); i++) {
                for (StatePart part : operator.subtasks().get(i).parts()) {
                    if (part.name().equals(spec.name())) {
                        parts.add(new RestoredPart(part, i, 0, 0));
                    }
                }
            }
        }
        KeyedBackendRequest request =
                new KeyedBackendRequest(
                        "Count",
                        KEYS,
                        KeyGroups.first(subtask, of, maxParallelism),
                        KeyGroups.last(subtask, of, maxParallelism),
                        maxParallelism,
                        Config.empty(),
                        null,
                        new JobSerializers(LOADER),
                        parts,
                        segments);
        Model model = new Model();
        new TableReader(request, spec).read(parts, model);
        Map<String, String> texts = new TreeMap<>();
        model.rows.forEach((key, content) -> texts.put(key, content.toString()));
        return texts;
    }

    /** Does what pieces say, in order. */
    private static final class Model implements TableReader.Target {
        private final Map<String, Object> rows = new TreeMap<>();

        private static String name(Object key, Object namespace) {
            return key + "/" + namespace;
        }

        @Override
        public void remove(int keyGroup, Object key, Object namespace) {
            rows.remove(name(key, namespace));
        }

        @Override
        public void value(int keyGroup, Object key, Object namespace, Object value) {
            rows.put(name(key, namespace), value);
        }

        @Override
        public void list(int keyGroup, Object key, Object namespace, List<Object> elements) {
            rows.put(name(key, namespace), elements);
        }

        @Override
        @SuppressWarnings("unchecked")
        public void map(
                int keyGroup,
                Object key,
                Object namespace,
                boolean whole,
                List<Object> removed,
                Map<Object, Object> entries) {
            String name = name(key, namespace);
            Map<Object, Object> now =
                    whole ? new LinkedHashMap<>() : (Map<Object, Object>) rows.get(name);
            Map<Object, Object> map = now == null ? new LinkedHashMap<>() : now;
            removed.forEach(map::remove);
            map.putAll(entries);
            rows.put(name, new TreeMap<>(map));
        }
    }
}
