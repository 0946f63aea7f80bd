package io.millrace.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.source.Boundedness;
import io.millrace.api.source.ListSerializer;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.SplitEnumerator;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEnumerationTest {
    @TempDir Path work;

    private final FakeEnumeration host = new FakeEnumeration();

    @Test
    void aSourceThatListsOnceEndsItsReaders() throws Exception {
        write("a", "x");
        var enumerator = source().build().createEnumerator(host);
        enumerator.start();
        enumerator.handleSplitRequest(0, null);
        enumerator.handleSplitRequest(0, null);
        assertThat(host.filesOf(0)).containsExactly("a");
        assertThat(host.ended).containsExactly(0);
    }

    @Test
    void manySmallFilesAreGivenManyAtATimeAndToAllReaders() throws Exception {
        for (int i = 0; i < 2000; i++) {
            write("f" + i, "x");
        }
        var enumerator = source().build().createEnumerator(host);
        int requests = 0;
        while (host.ended.size() < 4) {
            enumerator.handleSplitRequest(requests++ % 4, null);
        }
        assertThat(requests).isLessThan(150);
        List<String> given = new ArrayList<>();
        for (int reader = 0; reader < 4; reader++) {
            assertThat(host.filesOf(reader)).hasSizeBetween(300, 700);
            given.addAll(host.filesOf(reader));
        }
        assertThat(given).hasSize(2000).doesNotHaveDuplicates();
    }

    @Test
    void aSourceThatWatchesIsUnboundedAndGivesNewFilesToReadersThatWait() throws Exception {
        FileSource<String> source = source().monitorContinuously(Duration.ofSeconds(1)).build();
        assertThat(source.getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
        write("a", "x");
        var enumerator = source.createEnumerator(host);
        enumerator.start();
        host.tick();
        enumerator.handleSplitRequest(0, null);
        enumerator.handleSplitRequest(1, null);
        assertThat(host.filesOf(0)).containsExactly("a");
        assertThat(host.filesOf(1)).isEmpty();

        write("b", "y");
        host.tick();
        host.tick();

        assertThat(host.filesOf(1)).containsExactly("b");
        assertThat(host.ended).isEmpty();
    }

    @Test
    void aFileThatIsGoneIsForgottenAndNewWhenItComesBack() throws Exception {
        var enumerator = watching();
        write("a", "x");
        host.tick();
        Files.delete(work.resolve("a"));
        host.tick();
        assertThat(enumerator.snapshotState(1).getAlreadyProcessedPaths()).isEmpty();
        write("a", "x");
        host.tick();
        ask(enumerator, 3);
        assertThat(host.filesOf(0)).containsExactly("a", "a");
    }

    @Test
    void whatARestoredEnumeratorKnowsIsNotReadAgain() throws Exception {
        var first = watching();
        write("a", "x");
        write("b", "y");
        host.tick();
        first.handleSplitRequest(0, null);
        FileSource<String> source = source().monitorContinuously(Duration.ofSeconds(1)).build();
        SimpleVersionedSerializer<PendingSplitsCheckpoint<FileSourceSplit>> serializer =
                source.getEnumeratorCheckpointSerializer();
        byte[] state = serializer.serialize(first.snapshotState(1));

        FakeEnumeration later = new FakeEnumeration();
        var second =
                source.restoreEnumerator(
                        later, serializer.deserialize(serializer.getVersion(), state));
        second.start();
        write("c", "z");
        later.tick();
        ask(second, 4, later);

        List<String> files = new ArrayList<>(host.filesOf(0));
        files.addAll(later.filesOf(0));
        assertThat(files).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void hiddenAndEmptyFilesAreNothingUntilTheyAreThere() throws Exception {
        var enumerator = watching();
        write("_temporary", "x");
        write(".part", "x");
        write("empty", "");
        Files.createDirectories(work.resolve("_staging"));
        write("_staging/a", "x");
        host.tick();
        assertThat(enumerator.snapshotState(1).getAlreadyProcessedPaths()).isEmpty();

        Files.move(work.resolve(".part"), work.resolve("part"));
        write("empty", "now it is not");
        host.tick();
        ask(enumerator, 3);
        assertThat(host.filesOf(0)).containsExactlyInAnyOrder("part", "empty");
    }

    @Test
    void whatIsAppendedToAFileThatIsKnownIsNotReadAgain() throws Exception {
        var enumerator = watching();
        write("a", "x");
        host.tick();
        write("a", "xy");
        host.tick();
        ask(enumerator, 3);
        assertThat(host.filesOf(0)).containsExactly("a");
    }

    @Test
    void aListingLooksOnlyForTheBlocksOfFilesThatAreNew() throws Exception {
        write("a", "x");
        write("b", "x");
        FileListing listing = new FileListing(1000, true);
        io.millrace.api.file.Path[] paths = {path(work)};
        List<FileSourceSplit> first = listing.enumerateSplits(paths, 1);
        write("b", "longer");
        write("c", "x");
        List<FileSourceSplit> second = listing.enumerateSplits(paths, 1);
        assertThat(second)
                .extracting(split -> split.path().getName())
                .containsExactly("a", "b", "c");
        assertThat(second.get(0)).isSameAs(first.get(0));
        assertThat(second.get(1).length()).isEqualTo(6);
        assertThat(second).extracting(FileSourceSplit::splitId).doesNotHaveDuplicates();
    }

    @Test
    void tenThousandFilesAreGivenOnceAndForgottenWhenTheyAreGone() throws Exception {
        List<FileSourceSplit> files = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            files.add(
                    new FileSourceSplit(
                            String.valueOf(i),
                            new io.millrace.api.file.Path("/in/f" + i),
                            0,
                            1,
                            0,
                            1,
                            new String[0]));
        }
        List<FileSourceSplit> listed = new ArrayList<>(files);
        FileSource<String> source =
                source().setFileEnumerator(() -> (paths, desired) -> List.copyOf(listed))
                        .setSplitAssigner(SimpleSplitAssigner::new)
                        .monitorContinuously(Duration.ofSeconds(1))
                        .build();
        var enumerator = source.createEnumerator(host);
        enumerator.start();
        host.tick();
        for (int i = 0; i < 10_000; i++) {
            enumerator.handleSplitRequest(0, null);
            if (i % 2_500 == 0) {
                host.tick();
            }
        }
        enumerator.handleSplitRequest(1, null);
        assertThat(host.filesOf(0)).hasSize(10_000).doesNotHaveDuplicates();
        assertThat(host.filesOf(1)).isEmpty();
        assertThat(enumerator.snapshotState(1).getAlreadyProcessedPaths()).hasSize(10_000);

        listed.subList(0, 9_990).clear();
        host.tick();

        assertThat(enumerator.snapshotState(2).getAlreadyProcessedPaths()).hasSize(10);
    }

    @Test
    void manyNewFilesAreGivenManyAtATimeAndToAllWhoWait() {
        List<FileSourceSplit> listed = new ArrayList<>();
        var enumerator = watching(listed);
        for (int reader = 0; reader < 4; reader++) {
            enumerator.handleSplitRequest(reader, null);
        }
        listed.addAll(splits(2_000));
        host.tick();
        int requests = 0;
        while (given() < 2_000) {
            enumerator.handleSplitRequest(requests++ % 4, null);
        }
        assertThat(requests).isLessThan(150);
        for (int reader = 0; reader < 4; reader++) {
            assertThat(host.filesOf(reader)).hasSizeBetween(300, 700).doesNotHaveDuplicates();
        }
    }

    @Test
    void whatIsKeptOfTenThousandFilesIsSmall() throws Exception {
        List<FileSourceSplit> listed = splits(10_000);
        var enumerator = watching(listed);
        host.tick();
        var serializer = source().build().getEnumeratorCheckpointSerializer();
        byte[] state = serializer.serialize(enumerator.snapshotState(1));
        assertThat(state.length).isLessThan(400_000);
        var restored = serializer.deserialize(serializer.getVersion(), state);
        assertThat(restored.getSplits()).hasSize(10_000);
        assertThat(restored.getAlreadyProcessedPaths()).hasSize(10_000);
    }

    @Test
    void stateOfTheFirstVersionIsReadAndThatOfUnknownOnesRefused() throws Exception {
        var serializer = source().build().getEnumeratorCheckpointSerializer();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        var list = new ListSerializer<>(FileSourceSplitSerializer.INSTANCE);
        byte[] splits = list.serialize(splits(2));
        out.writeInt(list.getVersion());
        out.writeInt(splits.length);
        out.write(splits);
        out.writeInt(1);
        out.writeUTF("/in/known");
        var restored = serializer.deserialize(1, bytes.toByteArray());
        assertThat(restored.getSplits()).hasSize(2);
        assertThat(restored.getAlreadyProcessedPaths())
                .containsExactly(new io.millrace.api.file.Path("/in/known"));
        assertThatThrownBy(() -> serializer.deserialize(3, bytes.toByteArray()))
                .hasMessageContaining("version 3");
    }

    private static List<FileSourceSplit> splits(int count) {
        List<FileSourceSplit> splits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var path =
                    new io.millrace.api.file.Path(
                            "hdfs://cluster:8020/data/in/part-" + i + ".json");
            String[] hosts = {"node-" + i % 7 + ".example.com", "node-" + i % 5 + ".example.com"};
            splits.add(new FileSourceSplit(String.format("%010d", i), path, 0, 1, i, 1, hosts));
        }
        return splits;
    }

    private SplitEnumerator<FileSourceSplit, PendingSplitsCheckpoint<FileSourceSplit>> watching(
            List<FileSourceSplit> listed) {
        var enumerator =
                source().setFileEnumerator(() -> (paths, desired) -> List.copyOf(listed))
                        .monitorContinuously(Duration.ofSeconds(1))
                        .build()
                        .createEnumerator(host);
        enumerator.start();
        return enumerator;
    }

    private int given() {
        return host.assigned.values().stream().mapToInt(List::size).sum();
    }

    @Test
    void splitsOfAReaderThatFailedGoToAnother() throws Exception {
        var enumerator = watching();
        write("a", "x");
        host.tick();
        enumerator.handleSplitRequest(0, null);
        enumerator.handleSplitRequest(1, null);
        host.gone.add(0);
        enumerator.addSplitsBack(host.assigned.get(0), 0);
        assertThat(host.filesOf(1)).containsExactly("a");
    }

    @Test
    void aListingThatFailsOnceIsTriedAgainAndOneThatFailsAlwaysFailsTheJob() throws Exception {
        FileSource<String> source =
                FileSource.forRecordStreamFormat(
                                new TextLineInputFormat(), path(work.resolve("later")))
                        .monitorContinuously(Duration.ofSeconds(1))
                        .build();
        var enumerator = source.createEnumerator(host);
        enumerator.start();
        for (int i = 0; i < 9; i++) {
            host.tick();
        }
        Files.createDirectories(work.resolve("later"));
        host.tick();
        Files.delete(work.resolve("later"));
        for (int i = 0; i < 9; i++) {
            host.tick();
        }
        assertThatThrownBy(host::tick).hasMessageContaining("10 times");
        assertThat(enumerator.snapshotState(1).getSplits()).isEmpty();
    }

    @Test
    void aReaderGetsSplitsOfItsOwnHostFirst() {
        LocalityAwareSplitAssigner assigner =
                new LocalityAwareSplitAssigner(
                        List.of(splitOn("1", "h1"), splitOn("2", "h2"), splitOn("3", "h1")));
        assertThat(assigner.getNext("h2")).map(FileSourceSplit::splitId).contains("2");
        assertThat(assigner.getNext("h9")).map(FileSourceSplit::splitId).contains("1");
        assertThat(assigner.getNext(null)).map(FileSourceSplit::splitId).contains("3");
        assertThat(assigner.getNext("h1")).isEmpty();
    }

    @Test
    void anOwnEnumeratorAndAssignerAreUsed() throws Exception {
        write("a", "x");
        write(".hidden", "y");
        FileSource<String> source =
                source().setFileEnumerator(() -> new NonSplittingRecursiveEnumerator(p -> true))
                        .setSplitAssigner(SimpleSplitAssigner::new)
                        .build();
        var enumerator = source.createEnumerator(host);
        ask(enumerator, 3);
        assertThat(host.filesOf(0)).containsExactlyInAnyOrder("a", ".hidden");
    }

    @Test
    void aFileThatIsCompressedIsNotCutAtItsBlocks() throws Exception {
        write("a.gz", "x");
        write("b.txt", "x");
        assertThat(
                        new BlockSplittingRecursiveEnumerator()
                                .enumerateSplits(new io.millrace.api.file.Path[] {path(work)}, 4))
                .hasSize(2)
                .allSatisfy(split -> assertThat(split.length()).isEqualTo(split.fileSize()));
        assertThat(new BlockSplittingRecursiveEnumerator().isFileSplittable(path(work, "A.GZ")))
                .isFalse();
    }

    private SplitEnumerator<FileSourceSplit, PendingSplitsCheckpoint<FileSourceSplit>> watching() {
        var enumerator =
                source().monitorContinuously(Duration.ofSeconds(1)).build().createEnumerator(host);
        enumerator.start();
        return enumerator;
    }

    private void ask(SplitEnumerator<FileSourceSplit, ?> enumerator, int times) {
        ask(enumerator, times, host);
    }

    private static void ask(
            SplitEnumerator<FileSourceSplit, ?> enumerator, int times, FakeEnumeration host) {
        for (int i = 0; i < times && host.ended.isEmpty(); i++) {
            enumerator.handleSplitRequest(0, null);
        }
    }

    private FileSource.FileSourceBuilder<String> source() {
        return FileSource.forRecordStreamFormat(new TextLineInputFormat(), path(work));
    }

    private static FileSourceSplit splitOn(String id, String host) {
        return new FileSourceSplit(
                id, new io.millrace.api.file.Path("/x"), 0, 1, 0, 1, new String[] {host});
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(work.resolve(name), text);
    }

    private static io.millrace.api.file.Path path(Path file) {
        return io.millrace.api.file.Path.fromLocalFile(file.toFile());
    }

    private static io.millrace.api.file.Path path(Path directory, String name) {
        return path(directory.resolve(name));
    }
}
