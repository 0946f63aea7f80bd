package io.millrace.savepoint;

import io.millrace.api.file.Path;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializers;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableSpec;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Measures {@code verify} and a query of one key. No test; a command:
 *
 * <pre>
 * java -cp … io.millrace.savepoint.SavepointSpeed DIRECTORY [MEGABYTES [BYTES OF A VALUE]]
 * </pre>
 *
 * The savepoint is made if the directory is not there. Values are bytes that nothing compresses.
 */
final class SavepointSpeed {
    private static final int GROUPS = 128;
    private static final int ROUNDS = 5;

    private SavepointSpeed() {}

    public static void main(String[] args) {
        Path directory = new Path(args[0]);
        int megabytes = args.length > 1 ? Integer.parseInt(args[1]) : 1024;
        int valueBytes = args.length > 2 ? Integer.parseInt(args[2]) : 200;
        int keys = (int) (((long) megabytes << 20) / valueBytes);
        if (!TableSavepoint.isAt(directory)) {
            long begin = System.nanoTime();
            write(directory, keys, valueBytes);
            System.out.printf("written in %.1f s%n", seconds(begin));
        }
        TableSavepoint savepoint = TableSavepoint.open(directory);
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            TableSavepoint.Verified verified = savepoint.verify();
            double time = seconds(begin);
            System.out.printf(
                    "verify: %d MB in %.2f s, %.0f MB/s, %d damages%n",
                    verified.bytes() >> 20,
                    time,
                    verified.bytes() / 1048576.0 / time,
                    verified.damages().size());
        }
        for (int round = 0; round < ROUNDS; round++) {
            String key = "key-" + keys / (round + 2);
            int[] rows = {0};
            long begin = System.nanoTime();
            savepoint
                    .query(null, "big")
                    .rows(
                            null,
                            RowFilter.parse("key = '" + key + "'"),
                            row -> {
                                rows[0]++;
                                return true;
                            });
            System.out.printf("query of one key: %.2f s, %d rows%n", seconds(begin), rows[0]);
        }
    }

    private static double seconds(long beginNanos) {
        return (System.nanoTime() - beginNanos) / 1e9;
    }

    private static void write(Path directory, int keys, int valueBytes) {
        TableSpec spec =
                new TableSpec(
                        "big",
                        TableSpec.Shape.VALUE,
                        null,
                        null,
                        Serializers.of(
                                TypeInformation.of(byte[].class),
                                SavepointSpeed.class.getClassLoader()));
        List<Piece> pieces = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            pieces.add(new Piece.Stored(new SegmentRef("g" + group, 0, 1, 0), group, group));
        }
        StatePart part =
                new StatePart(
                        StatePart.Kind.KEYED,
                        "big",
                        TableForm.NAME,
                        0,
                        GROUPS - 1,
                        0,
                        TableForm.of(spec, Checkpoints.KEYS).toBytes(),
                        pieces);
        Manifest manifest =
                new Manifest(
                        Checkpoints.JOB,
                        "speed",
                        1,
                        1,
                        1,
                        CheckpointKind.FULL,
                        List.of(
                                new OperatorEntry(
                                        "op",
                                        "Op",
                                        1,
                                        GROUPS,
                                        List.of(
                                                new SubtaskEntry(
                                                        false, List.of(part), List.of())))),
                        List.of(),
                        List.of(),
                        List.of());
        SavepointWriter.write(manifest, new Made(spec, keys, valueBytes), directory);
    }

    /** Makes the content of each key group when it is asked for. */
    private record Made(TableSpec spec, int keys, int valueBytes) implements SegmentSource {
        @Override
        public InputStream open(SegmentRef segment) {
            int group = Integer.parseInt(segment.file().substring(1));
            SplittableRandom random = new SplittableRandom(group);
            BinaryWriter out = new BinaryWriter(1 << 20);
            out.writeVarInt(group);
            int start = out.size();
            out.writeInt(0);
            out.writeInt(0);
            out.writeInt(0);
            int rows = 0;
            for (int i = 0; i < keys; i++) {
                String key = "key-" + i;
                if (KeyGroups.group(KeyGroups.hash(key), GROUPS) == group) {
                    byte[] value = new byte[valueBytes];
                    random.nextBytes(value);
                    Checkpoints.KEYS.write(key, out);
                    spec.values().write(value, out);
                    rows++;
                }
            }
            out.putInt(start + 4, rows);
            out.putInt(start + 8, out.size() - start - 12);
            return new ByteArrayInputStream(out.array(), 0, out.size());
        }
    }
}
