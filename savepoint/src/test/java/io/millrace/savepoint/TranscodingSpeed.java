package io.millrace.savepoint;

import io.millrace.api.file.Path;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.PartContent;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableSegments;
import io.millrace.runtime.state.TableSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Measures what it costs to make tables of a heap's state and to read them as a restore does. No
 * test; a command:
 *
 * <pre>
 * java -cp … io.millrace.savepoint.TranscodingSpeed DIRECTORY [ACCOUNTS [ROUNDS]]
 * </pre>
 *
 * Times are processor time of the whole process without its compiler's share being taken out, so
 * the first rounds are warm-up. The directory must not be there; each round writes into one below.
 */
final class TranscodingSpeed {
    private static final int GROUPS = 16;
    private static final String[] CITIES = {"Amsterdam", "Bratislava", "Copenhagen", "Dubrovnik"};

    private TranscodingSpeed() {}

    /** As services have it: a POJO. */
    public static class Account {
        public long number;
        public String owner;
        public String city;
        public String mail;
        public long balance;
        public int visits;
        public double rating;
        public long openedMs;
        public long changedMs;
        public boolean blocked;

        public Account() {}

        static Account of(long key) {
            Account account = new Account();
            account.number = 10_000_000_000L + key;
            account.owner = "Customer number " + key;
            account.city = CITIES[(int) key & CITIES.length - 1];
            account.mail = "customer." + Long.toString(key, 36) + "@mail.example";
            account.balance = key * 31 % 1_000_003;
            account.visits = (int) (key % 7);
            account.rating = key % 50 / 10.0;
            account.openedMs = 1_700_000_000_000L + key * 997;
            account.changedMs = account.openedMs + key % 7 * 1000;
            account.blocked = key % 13 == 0;
            return account;
        }
    }

    public static void main(String[] args) throws IOException {
        int accounts = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        Held segments = new Held();
        Manifest manifest = checkpoint(segments, accounts);
        System.out.printf(
                "%d accounts, %d bytes%n",
                accounts, segments.segments.stream().mapToLong(each -> each.length).sum());
        for (int round = 0; round < rounds; round++) {
            Path directory = new Path(args[0] + "/round-" + round);
            long begin = cpuNanos();
            long allocated = allocatedBytes();
            SavepointWriter.write(manifest, segments, directory);
            System.out.printf(
                    "written: %.0f ns and %.0f bytes of garbage a row%n",
                    (double) (cpuNanos() - begin) / accounts,
                    (double) (allocatedBytes() - allocated) / accounts);
            Manifest tables = TableSavepoint.open(directory).toCheckpoint();
            StoredSegments stored =
                    new StoredSegments(
                            CheckpointDirectory.of(new Path(args[0]), new JobId("f".repeat(32))));
            begin = cpuNanos();
            allocated = allocatedBytes();
            long bytes = 0;
            for (SubtaskEntry subtask : tables.operators().get(0).subtasks()) {
                for (StatePart part : subtask.parts()) {
                    bytes += PartContent.read(part, stored, part.name()).length;
                }
            }
            System.out.printf(
                    "read: %.0f ns and %.0f bytes of garbage a row, %d bytes%n",
                    (double) (cpuNanos() - begin) / accounts,
                    (double) (allocatedBytes() - allocated) / accounts,
                    bytes);
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static Manifest checkpoint(Held segments, int accounts) throws IOException {
        ClassLoader loader = TranscodingSpeed.class.getClassLoader();
        Serializer<Object> keys = Serializers.of(Types.LONG, loader);
        TableSpec spec =
                new TableSpec(
                        "accounts",
                        TableSpec.Shape.VALUE,
                        null,
                        null,
                        Serializers.of(TypeInformation.of(Account.class), loader));
        long[][] groups = new long[GROUPS][accounts];
        int[] sizes = new int[GROUPS];
        for (long key = 0; key < accounts; key++) {
            int group = KeyGroups.group(KeyGroups.hash(key), GROUPS);
            groups[group][sizes[group]++] = key;
        }
        Random random = new Random(1); // a heap has keys by their hashes, so in no order
        for (int group = 0; group < GROUPS; group++) {
            for (int i = sizes[group] - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                long key = groups[group][i];
                groups[group][i] = groups[group][other];
                groups[group][other] = key;
            }
        }
        TableSegments out = new TableSegments(segments);
        for (int group = 0; group < GROUPS; group++) {
            for (int from = 0; from < sizes[group]; from += 512) {
                int to = Math.min(sizes[group], from + 512);
                BinaryWriter unit = out.beginUnit(group);
                for (int i = from; i < to; i++) {
                    keys.write(groups[group][i], unit);
                    spec.values().write(Account.of(groups[group][i]), unit);
                }
                out.endUnit(0, to - from);
            }
            groups[group] = null;
        }
        StatePart part =
                new StatePart(
                        StatePart.Kind.KEYED,
                        "accounts",
                        TableForm.NAME,
                        0,
                        GROUPS - 1,
                        0,
                        TableForm.of(spec, keys).toBytes(),
                        out.finish());
        SubtaskEntry subtask = new SubtaskEntry(false, List.of(part), List.of());
        return new Manifest(
                Checkpoints.JOB,
                "speed",
                1,
                1,
                1,
                CheckpointKind.FULL,
                List.of(new OperatorEntry("op", "Op", 1, GROUPS, List.of(subtask))),
                List.of(),
                List.of(),
                List.of());
    }

    /** A checkpoint's file in memory. */
    private static final class Held implements SegmentOutput, SegmentSource {
        private final List<byte[]> segments = new ArrayList<>();

        @Override
        public SegmentRef append(Body body) throws IOException {
            ByteArrayOutputStream one = new ByteArrayOutputStream();
            body.writeTo(one);
            segments.add(one.toByteArray());
            return new SegmentRef("held", segments.size() - 1, one.size(), 0);
        }

        @Override
        public InputStream open(SegmentRef segment) {
            return new ByteArrayInputStream(segments.get((int) segment.offset()));
        }
    }
}
