package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.fault.FaultPoint.Room;
import io.millrace.api.fault.SimulatedCrash;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A leader crashes at each point between the last acknowledgement and the deletion of what is not
 * needed; the next one finds the checkpoint whole or not at all, and leaves nothing behind.
 */
class CheckpointStoreCrashTest {
    private static final int RETAINED = 2;

    @TempDir java.nio.file.Path temp;

    static List<FaultPoint> points() {
        return FaultPoint.of(Room.CHECKPOINT_STORE);
    }

    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    @ParameterizedTest
    @MethodSource("points")
    void theNextLeaderGoesOnFromTheLastCheckpointThatThePointerNames(FaultPoint point)
            throws IOException {
        Leader first = new Leader(1);
        first.checkpoint(7); // the last one of its part, which goes with the fourth of them
        first.checkpoint(8);
        first.checkpoint(9);
        System.setProperty(FaultPoint.CRASH_HOW, "throw");
        System.setProperty(FaultPoint.CRASH_AT, point.name());

        assertThatThrownBy(() -> first.checkpoint(10)).isInstanceOf(SimulatedCrash.class);

        Leader second = new Leader(2);
        boolean exists = point.compareTo(FaultPoint.CHECKPOINT_POINTER_SENT) >= 0;
        assertThat(second.newest()).isEqualTo(exists ? 10 : 9);
        second.assertAllIsThere();
        second.checkpoint(11);
        second.assertAllIsThere();
        assertThat(second.newest()).isEqualTo(11);
        assertThat(directoriesOf(second.found())).containsAll(directoriesOf(second.needed()));
        assertThat(partsOf(second.found())).isEqualTo(partsOf(second.needed()));

        Leader third = new Leader(3);
        assertThat(third.newest()).isEqualTo(11);
        assertThat(directoriesOf(third.found())).isEqualTo(directoriesOf(third.needed()));
        third.assertAllIsThere();
    }

    /** Which go as a whole, with all that is small in them. */
    private static List<String> partsOf(List<String> files) {
        return files.stream().map(file -> file.substring(0, file.indexOf('/'))).distinct().toList();
    }

    private static List<String> directoriesOf(List<String> files) {
        return files.stream()
                .map(file -> file.substring(0, file.lastIndexOf('/')))
                .distinct()
                .toList();
    }

    /** What a leader does; each checkpoint shares a file with the one before. */
    private final class Leader {
        private final long epoch;
        private final CheckpointStore store;
        private final List<CheckpointRecord> records = new ArrayList<>();
        private final List<Manifest> manifests = new ArrayList<>();
        private final SpentDirectories spent = new SpentDirectories();

        Leader(long epoch) {
            this.epoch = epoch;
            Path root = new Path(temp.toUri().toString());
            FileSystem files = FileSystem.getLocalFileSystem();
            CheckpointDirectory directory =
                    new CheckpointDirectory(files, root, new JobId(Manifests.JOB));
            store =
                    CheckpointStore.open(
                            directory,
                            new FilePointerStore(files, new Path(root, "pointers"), epoch),
                            epoch,
                            new JobMarker(Manifests.JOB, "job", "application", 0));
            Pointer pointer = store.pointer();
            if (pointer != null) {
                records.addAll(pointer.retained());
                records.forEach(record -> manifests.add(store.read(record)));
                store.deleteOrphans(manifests.stream().map(CheckpointFiles::of).toList());
            }
        }

        void checkpoint(long id) throws IOException {
            List<StoredFile> named = new ArrayList<>();
            long part = EpochParts.of(epoch, id);
            try (SegmentFile file = new SegmentFile(store.directory(), part, id, "w1")) {
                file.append(out -> out.write((int) id));
                named.add(file.finish().orElseThrow());
            }
            if (!manifests.isEmpty()) {
                List<StoredFile> before = manifests.get(manifests.size() - 1).files();
                named.add(before.get(0));
            }
            Manifest manifest =
                    Manifests.naming(
                            Manifests.JOB, "job", part, id, named.toArray(StoredFile[]::new));
            CheckpointRecord record = store.write(manifest);
            records.add(record);
            manifests.add(manifest);
            List<CheckpointFiles> dropped = new ArrayList<>();
            while (records.size() > RETAINED) {
                records.remove(0);
                dropped.add(CheckpointFiles.of(manifests.remove(0)));
            }
            store.publish(new Pointer(Manifests.JOB, "job", "file:/c", id, records));
            List<CheckpointFiles> needed = manifests.stream().map(CheckpointFiles::of).toList();
            store.delete(
                    spent.take(
                            Garbage.released(dropped, needed),
                            dropped,
                            needed,
                            EpochParts.of(epoch, id + 1)));
        }

        long newest() {
            return records.get(records.size() - 1).checkpointId();
        }

        void assertAllIsThere() {
            for (CheckpointRecord record : records) {
                for (StoredFile file : store.read(record).files()) {
                    assertThat(java.nio.file.Path.of(path(file.file()))).hasSize(file.length());
                }
            }
        }

        private String path(String file) {
            return store.directory().resolve(file).getPath();
        }

        List<String> needed() {
            List<String> needed = new ArrayList<>();
            for (Manifest manifest : manifests) {
                manifest.files().forEach(file -> needed.add(file.file()));
                needed.add(manifest.epoch() + "/" + manifest.checkpointId() + "/manifest");
            }
            return needed.stream().distinct().sorted().toList();
        }

        List<String> found() throws IOException {
            java.nio.file.Path job = temp.resolve(Manifests.JOB);
            try (Stream<java.nio.file.Path> all = Files.walk(job)) {
                return all.filter(Files::isRegularFile)
                        .map(file -> job.relativize(file).toString())
                        .filter(name -> !name.equals("job"))
                        .sorted()
                        .toList();
            }
        }
    }
}
