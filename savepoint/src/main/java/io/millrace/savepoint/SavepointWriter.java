package io.millrace.savepoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.CommittableEntry;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.PartContent;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.savepoint.SavepointManifest.Kind;
import io.millrace.savepoint.SavepointManifest.Operator;
import io.millrace.savepoint.SavepointManifest.Part;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import io.millrace.savepoint.SavepointManifest.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Writes a checkpoint as a savepoint of tables, without the classes of its job. Memory: for each
 * processor some pieces of the checkpoint and one row group, whatever the size; confined to its
 * user. Files of a large state are written side by side.
 */
public final class SavepointWriter {
    static final String KIND = "millrace.kind";
    static final String NAME = "millrace.name";
    static final String OPERATOR = "millrace.operator";
    static final String FORM = "millrace.form";
    static final String DESCRIPTION = "millrace.description";
    static final String VERSION = "millrace.savepoint.version";

    /** What operators of programs save by key group, in a form of their own. */
    private static final String RAW_KEYED = "millrace:raw-keyed";

    /** A file of a keyed table has about so many bytes of the checkpoint. */
    private static final long FILE_BYTES = 512L << 20;

    private final Manifest checkpoint;
    private final SegmentSource segments;
    private final FileSystem files;
    private final Path directory;
    private final int maxParallelism; // 0 for that of each operator
    private final long fileBytes;
    private final Map<String, Integer> taken = new HashMap<>();

    private SavepointWriter(
            Manifest checkpoint,
            SegmentSource segments,
            FileSystem files,
            Path directory,
            int maxParallelism,
            long fileBytes) {
        this.checkpoint = checkpoint;
        this.segments = segments;
        this.files = files;
        this.directory = directory;
        this.maxParallelism = maxParallelism;
        this.fileBytes = fileBytes;
    }

    /** The parts of one state that are described alike, with the subtasks that had them. */
    private record State(
            Kind kind, StatePart first, List<Integer> subtasks, List<StatePart> parts) {
        String form() {
            return first.form();
        }
    }

    /**
     * Writes all tables, then the manifest, with which the savepoint exists.
     *
     * @param segments of the checkpoint; thread-safe
     * @param directory must not be there
     * @throws MillraceException {@code PATH_EXISTS} or {@code INVALID_OPTION} if the directory is
     *     there; {@code CHECKPOINT_INCOMPATIBLE} if a state is in a form that is not a table's;
     *     {@code CHECKPOINT_FILE_CORRUPT}; of the file system. What was written is left, without a
     *     manifest
     */
    public static TableSavepoint write(
            Manifest checkpoint, SegmentSource segments, Path directory) {
        return write(checkpoint, segments, directory, 0);
    }

    /**
     * The same with another number of key groups, for a job whose maximum parallelism changes. Only
     * keys whose hash is the engine's rule can be dealt out anew: not those of classes with a
     * {@code hashCode} of their own.
     *
     * @param maxParallelism of all operators; 0 for what it is
     * @throws MillraceException also {@code CHECKPOINT_INCOMPATIBLE} if keys cannot be dealt out,
     *     or an operator runs in more subtasks
     */
    public static TableSavepoint write(
            Manifest checkpoint, SegmentSource segments, Path directory, int maxParallelism) {
        return write(checkpoint, segments, directory, maxParallelism, FILE_BYTES);
    }

    /**
     * @param fileBytes a file of a keyed table has about so many bytes of the checkpoint
     */
    static TableSavepoint write(
            Manifest checkpoint,
            SegmentSource segments,
            Path directory,
            int maxParallelism,
            long fileBytes) {
        try {
            FileSystem files = directory.getFileSystem();
            Path qualified = directory.makeQualified(files);
            if (files.exists(qualified)) {
                throw new MillraceException(
                        ErrorCode.INVALID_OPTION,
                        "the savepoint is to go to "
                                + qualified
                                + ", where something is already. Name a directory that is not"
                                + " there.");
            }
            files.mkdirs(qualified);
            new SavepointWriter(checkpoint, segments, files, qualified, maxParallelism, fileBytes)
                    .write();
            return TableSavepoint.open(qualified);
        } catch (IOException e) {
            throw FileErrors.of(e, directory, "write the savepoint");
        }
    }

    private void write() throws IOException {
        List<Operator> operators = new ArrayList<>();
        for (OperatorEntry operator : checkpoint.operators()) {
            operators.add(write(operator));
        }
        SavepointManifest manifest =
                new SavepointManifest(
                        SavepointManifest.FORMAT,
                        SavepointManifest.VERSION,
                        checkpoint.jobId(),
                        checkpoint.jobName(),
                        checkpoint.epoch(),
                        checkpoint.checkpointId(),
                        checkpoint.triggeredAtMs(),
                        operators);
        Path aside = new Path(directory, TablePaths.MANIFEST + ".new");
        try (FSDataOutputStream out = files.createDurable(aside)) {
            out.write(ManifestJson.bytes(manifest));
        }
        if (!files.rename(aside, new Path(directory, TablePaths.MANIFEST))) {
            throw new IOException(aside + " cannot be renamed to " + TablePaths.MANIFEST);
        }
    }

    private Operator write(OperatorEntry operator) throws IOException {
        requireRoom(operator);
        List<Table> tables = new ArrayList<>();
        for (State state : statesOf(operator)) {
            tables.add(write(operator, state));
        }
        List<EnumeratorEntry> positions =
                checkpoint.enumerators().stream()
                        .filter(each -> each.operatorId().equals(operator.id()))
                        .toList();
        if (!positions.isEmpty()) {
            tables.add(enumerators(operator, positions));
        }
        List<CommittableEntry> prepared =
                checkpoint.committables().stream()
                        .filter(each -> each.operatorId().equals(operator.id()))
                        .toList();
        if (!prepared.isEmpty()) {
            tables.add(committables(operator, prepared));
        }
        List<Integer> finished = new ArrayList<>();
        for (int subtask = 0; subtask < operator.subtasks().size(); subtask++) {
            if (operator.subtasks().get(subtask).finished()) {
                finished.add(subtask);
            }
        }
        return new Operator(
                operator.id(),
                operator.name(),
                operator.parallelism(),
                keyGroups(operator),
                finished,
                tables);
    }

    private int keyGroups(OperatorEntry operator) {
        return maxParallelism == 0 ? operator.maxParallelism() : maxParallelism;
    }

    private void requireRoom(OperatorEntry operator) {
        if (keyGroups(operator) < operator.parallelism()) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_INCOMPATIBLE,
                    "operator '"
                            + operator.id()
                            + "' ran in "
                            + operator.parallelism()
                            + " subtasks, so its maximum parallelism cannot become "
                            + keyGroups(operator)
                            + ".");
        }
    }

    private static List<State> statesOf(OperatorEntry operator) {
        Map<List<String>, State> states = new TreeMap<>(Comparator.comparing(List::toString));
        for (int subtask = 0; subtask < operator.subtasks().size(); subtask++) {
            SubtaskEntry entry = operator.subtasks().get(subtask);
            List<StatePart> all = new ArrayList<>(entry.parts());
            all.addAll(entry.channels());
            for (StatePart part : all) {
                List<String> identity =
                        List.of(
                                String.format("%02d", part.kind().ordinal()),
                                part.name(),
                                part.form(),
                                Base64.getEncoder().encodeToString(part.description()));
                State state =
                        states.computeIfAbsent(
                                identity,
                                each ->
                                        new State(
                                                Kind.valueOf(part.kind().name()),
                                                part,
                                                new ArrayList<>(),
                                                new ArrayList<>()));
                state.subtasks().add(subtask);
                state.parts().add(part);
            }
        }
        return List.copyOf(states.values());
    }

    private Table write(OperatorEntry operator, State state) throws IOException {
        PartForm form;
        try {
            form = PartForm.of(state.first().kind(), state.form(), state.first().description());
        } catch (CorruptDataException e) {
            throw corrupt(operator, state, e);
        }
        if (state.first().isKeyed() && !(form instanceof KeyedForm)) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_INCOMPATIBLE,
                    "state '"
                            + state.first().name()
                            + "' of operator '"
                            + operator.id()
                            + "' is in the form "
                            + state.form()
                            + ", which only the back end that wrote it reads, or a newer release."
                            + " Take a savepoint of the running job: it is in a form that can be"
                            + " converted.");
        }
        String path = directoryOf(operator, state);
        try {
            return form instanceof KeyedForm keyed
                    ? keyed(operator, state, keyed, path)
                    : unkeyed(operator, state, form, path);
        } catch (CorruptDataException e) {
            throw corrupt(operator, state, e);
        }
    }

    /** States of a kind and name that are described differently have directories of their own. */
    private String directoryOf(OperatorEntry operator, State state) {
        String name = state.first().name();
        int number =
                taken.merge(
                        TablePaths.directory(operator.id(), state.kind(), name, 1),
                        1,
                        Integer::sum);
        return TablePaths.directory(operator.id(), state.kind(), name, number);
    }

    private static MillraceException corrupt(
            OperatorEntry operator, State state, CorruptDataException cause) {
        return new MillraceException(
                ErrorCode.CHECKPOINT_FILE_CORRUPT,
                "state '"
                        + state.first().name()
                        + "' of operator '"
                        + operator.id()
                        + "' cannot be read: "
                        + cause.getMessage()
                        + ". Convert an earlier checkpoint.",
                cause);
    }

    private static Map<String, String> metadata(
            OperatorEntry operator, Kind kind, String name, String form, byte[] description) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(VERSION, Integer.toString(SavepointManifest.VERSION));
        metadata.put(OPERATOR, operator.id());
        metadata.put(KIND, kind.name());
        metadata.put(NAME, name);
        if (form != null) {
            metadata.put(FORM, form);
            metadata.put(DESCRIPTION, Base64.getEncoder().encodeToString(description));
        }
        return metadata;
    }

    private TableFile create(String path, TableLayout layout, Map<String, String> metadata)
            throws IOException {
        return TableFile.create(
                files, directory, path, layout, metadata, CompressionCodecName.ZSTD);
    }

    private Table keyed(OperatorEntry operator, State state, KeyedForm form, String path)
            throws IOException {
        long bytes =
                state.parts().stream()
                        .flatMap(part -> part.pieces().stream())
                        .mapToLong(SavepointWriter::bytes)
                        .sum();
        int groups = keyGroups(operator);
        int count = (int) Math.min(groups, bytes / fileBytes + 1);
        TableLayout layout = form.layout();
        List<Callable<StoredTable>> ranges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int first = (int) ((long) groups * i / count);
            int last = (int) ((long) groups * (i + 1) / count) - 1;
            ranges.add(
                    () -> {
                        KeyGroupRange table = rangesOf(operator, state, form, bytes);
                        return keyed(operator, state, form, table, path, first, last);
                    });
        }
        List<StoredTable> stored = SideBySide.run(ranges);
        return table(state, layout, null, stored);
    }

    private StoredTable keyed(
            OperatorEntry operator,
            State state,
            KeyedForm form,
            KeyGroupRange table,
            String path,
            int first,
            int last)
            throws IOException {
        try (TableFile file =
                create(
                        TablePaths.keyGroups(path, first, last),
                        form.layout(),
                        metadata(
                                operator,
                                state.kind(),
                                state.first().name(),
                                state.form(),
                                state.first().description()))) {
            KeyedTable.Target target =
                    new KeyedTable.Target() {
                        @Override
                        public void beginKey() throws IOException {
                            file.mayEnd();
                        }

                        @Override
                        public void write(Object[] row, int keyGroup, long rowBytes) {
                            file.write(row, keyGroup, rowBytes);
                        }
                    };
            table.read(first, last, target);
            return file.finish();
        }
    }

    /** Shows rows of a range of key groups; asked for ascending ones. */
    private interface KeyGroupRange {
        void read(int first, int last, KeyedTable.Target target) throws IOException;
    }

    private KeyGroupRange rangesOf(
            OperatorEntry operator, State state, KeyedForm form, long bytes) {
        if (keyGroups(operator) != operator.maxParallelism()) {
            return new RegroupedTable(
                            "state '"
                                    + state.first().name()
                                    + "' of operator '"
                                    + operator.id()
                                    + "'",
                            form,
                            () -> new KeyedTable(form, state.parts(), segments),
                            operator.maxParallelism(),
                            keyGroups(operator),
                            bytes)
                    ::read;
        }
        KeyedTable table = new KeyedTable(form, state.parts(), segments);
        return (first, last, target) -> {
            for (int keyGroup = first; keyGroup <= last; keyGroup++) {
                table.read(keyGroup, target);
            }
        };
    }

    private static long bytes(Piece piece) {
        return piece instanceof Piece.Stored stored
                ? stored.segment().length()
                : ((Piece.Inline) piece).bytes().length;
    }

    private Table unkeyed(OperatorEntry operator, State state, PartForm form, String path)
            throws IOException {
        List<Part> parts = new ArrayList<>();
        TableLayout layout = form.layout();
        int count =
                state.kind() == Kind.BROADCAST && areAlike(state.parts())
                        ? 1
                        : state.parts().size();
        if (state.parts().stream().allMatch(part -> part.pieces().isEmpty())) {
            for (int i = 0; i < count; i++) {
                parts.add(part(state, i, 0));
            }
            return table(state, layout, parts, List.of());
        }
        int first = state.subtasks().get(0);
        int last = state.subtasks().get(count - 1);
        StoredTable stored;
        try (TableFile file =
                create(
                        TablePaths.subtasks(path, first, last),
                        layout,
                        metadata(
                                operator,
                                state.kind(),
                                state.first().name(),
                                state.form(),
                                state.first().description()))) {
            for (int i = 0; i < count; i++) {
                StatePart part = state.parts().get(i);
                requireFreeOfKeyGroups(operator, part);
                int before = file.rowGroups();
                write(part, state.subtasks().get(i), form, file);
                file.mustEnd();
                parts.add(part(state, i, file.rowGroups() - before));
            }
            stored = file.finish();
        }
        return table(state, layout, parts, List.of(stored));
    }

    private static Part part(State state, int index, int rowGroups) {
        StatePart part = state.parts().get(index);
        return new Part(
                state.subtasks().get(index),
                part.items(),
                part.firstKeyGroup(),
                part.lastKeyGroup(),
                rowGroups);
    }

    /** Broadcast state is the same in every subtask, unless a program broke the rule. */
    private boolean areAlike(List<StatePart> parts) {
        byte[] first = content(parts.get(0));
        return parts.stream()
                .skip(1)
                .allMatch(
                        part ->
                                part.items() == parts.get(0).items()
                                        && Arrays.equals(first, content(part)));
    }

    private byte[] content(StatePart part) {
        return PartContent.read(part, segments, "state '" + part.name() + "'");
    }

    private void requireFreeOfKeyGroups(OperatorEntry operator, StatePart part) {
        boolean about = part.lastKeyGroup() >= 0 || part.name().equals(RAW_KEYED);
        if (about && keyGroups(operator) != operator.maxParallelism()) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_INCOMPATIBLE,
                    "operator '"
                            + operator.id()
                            + "' has '"
                            + part.name()
                            + "', bytes about key groups that only it can read: another maximum"
                            + " parallelism is not possible. If they are records on their way, take"
                            + " a savepoint, which has none.");
        }
    }

    private void write(StatePart part, int subtask, PartForm form, TableFile file)
            throws IOException {
        if (form instanceof ItemsCodec items) {
            items.rows(subtask, part.items(), new BinaryReader(content(part)), file::write);
            return;
        }
        int position = 0;
        for (Piece piece : part.pieces()) {
            StatePart one =
                    new StatePart(
                            part.kind(),
                            part.name(),
                            part.form(),
                            part.firstKeyGroup(),
                            part.lastKeyGroup(),
                            part.items(),
                            part.description(),
                            List.of(piece));
            byte[] content = PartContent.read(one, segments, "'" + part.name() + "'");
            file.write(new Object[] {subtask, position++, content}, 0, content.length);
        }
    }

    private static Table table(
            State state, TableLayout layout, List<Part> parts, List<StoredTable> stored) {
        return new Table(
                state.kind(),
                state.first().name(),
                state.form(),
                Base64.getEncoder().encodeToString(state.first().description()),
                layout.message().toString(),
                rows(stored),
                layout.warnings(),
                parts,
                stored);
    }

    private static long rows(List<StoredTable> stored) {
        return stored.stream()
                .flatMap(file -> file.rowGroups().stream())
                .mapToLong(SavepointManifest.RowGroup::rows)
                .sum();
    }

    private Table enumerators(OperatorEntry operator, List<EnumeratorEntry> positions)
            throws IOException {
        TableLayout layout = TableLayout.enumerator();
        String path = TablePaths.directory(operator.id(), Kind.ENUMERATOR, "", 1);
        try (TableFile file =
                create(
                        TablePaths.all(path),
                        layout,
                        metadata(operator, Kind.ENUMERATOR, "", null, null))) {
            for (EnumeratorEntry each : positions) {
                file.write(new Object[] {each.version(), each.state()}, 0, each.state().length);
            }
            return plain(Kind.ENUMERATOR, layout, file.finish());
        }
    }

    private Table committables(OperatorEntry operator, List<CommittableEntry> prepared)
            throws IOException {
        TableLayout layout = TableLayout.committables();
        String path = TablePaths.directory(operator.id(), Kind.COMMITTABLES, "", 1);
        try (TableFile file =
                create(
                        TablePaths.all(path),
                        layout,
                        metadata(operator, Kind.COMMITTABLES, "", null, null))) {
            for (CommittableEntry each : prepared) {
                OperatorCommittables one = each.committables();
                for (byte[] committable : one.committables()) {
                    file.write(
                            new Object[] {
                                one.subtask(),
                                one.checkpointId(),
                                one.serializerVersion(),
                                committable
                            },
                            0,
                            committable.length);
                    file.mayEnd();
                }
            }
            return plain(Kind.COMMITTABLES, layout, file.finish());
        }
    }

    private static Table plain(Kind kind, TableLayout layout, StoredTable stored) {
        return new Table(
                kind,
                "",
                null,
                null,
                layout.message().toString(),
                rows(List.of(stored)),
                layout.warnings(),
                null,
                List.of(stored));
    }
}
