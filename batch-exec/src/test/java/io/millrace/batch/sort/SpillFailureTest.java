package io.millrace.batch.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.fault.SimulatedCrash;
import io.millrace.api.type.Types;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpillFailureTest {
    private static final Serializer<Object> LONGS =
            Serializers.of(Types.LONG, SpillFailureTest.class.getClassLoader());

    @TempDir Path directory;

    /** A disk of so many bytes. */
    private static final class SmallDisk extends SpillFiles {
        private long left;

        SmallDisk(long bytes) {
            left = bytes;
        }

        @Override
        WritableByteChannel create(Path file) throws IOException {
            WritableByteChannel channel = super.create(file);
            return new WritableByteChannel() {
                @Override
                public int write(ByteBuffer from) throws IOException {
                    if (left < from.remaining()) {
                        throw new IOException("No space left on device");
                    }
                    left -= from.remaining();
                    return channel.write(from);
                }

                @Override
                public boolean isOpen() {
                    return channel.isOpen();
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            };
        }
    }

    private Path spill() {
        return directory.resolve("spill");
    }

    private ExternalSorter<Object> sorter(SpillFiles files) {
        return new ExternalSorter<>(
                SortOrder.of(KeyNormalizers.of(LONGS.schema())),
                LONGS,
                SortSettings.of(spill(), SortSettings.MIN_MEMORY_BYTES, "test.memory"),
                files);
    }

    private static void add(ExternalSorter<Object> sorter, int count) {
        for (long i = count; i > 0; i--) {
            sorter.add(i * 0x9E3779B97F4A7C15L);
        }
    }

    private List<Path> runs() throws IOException {
        try (Stream<Path> files = Files.list(spill())) {
            return files.sorted().toList();
        }
    }

    @Test
    void saysWhatAFullDiskLacks() {
        try (ExternalSorter<Object> sorter = sorter(new SmallDisk(30_000))) {
            assertThatThrownBy(() -> add(sorter, 20_000))
                    .hasMessageStartingWith("STORAGE_FAILED: " + spill())
                    .hasMessageContaining("bytes more after ")
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("bytes are free on its disk")
                    .hasMessageContaining("task.spill-directory")
                    .hasMessageContaining("test.memory");
        }
        assertThat(spill()).doesNotExist();
    }

    @Test
    void saysThatADirectoryCannotBeMade() throws IOException {
        Files.createFile(spill());
        try (ExternalSorter<Object> sorter = sorter(SpillFiles.LOCAL)) {
            assertThatThrownBy(() -> add(sorter, 20_000))
                    .hasMessageStartingWith("STORAGE_FAILED: " + spill());
        }
    }

    private void checkBroken(UnaryOperator<byte[]> change, String... messages) throws IOException {
        try (ExternalSorter<Object> sorter = sorter(SpillFiles.LOCAL)) {
            add(sorter, 8_000);
            Path run = runs().get(0);
            Files.write(run, change.apply(Files.readAllBytes(run)));
            var thrown =
                    assertThatThrownBy(
                            () -> {
                                SortedRecords<Object> sorted = sorter.sorted();
                                while (sorted.advance()) {
                                    sorted.record();
                                }
                            });
            thrown.hasMessageStartingWith("STORAGE_FAILED: " + run);
            for (String message : messages) {
                thrown.hasMessageContaining(message);
            }
        }
        assertThat(spill()).doesNotExist();
    }

    @Test
    void namesTheOffsetOfABlockThatHasChanged() throws IOException {
        checkBroken(
                bytes -> {
                    bytes[bytes.length / 2] ^= 1;
                    return bytes;
                },
                "wrong checksum at offset ");
    }

    @Test
    void namesTheFileThatIsCut() throws IOException {
        checkBroken(bytes -> Arrays.copyOf(bytes, bytes.length - 20), "ends after ", " at offset ");
    }

    @Test
    void noticesAHeaderThatMakesNoSense() throws IOException {
        checkBroken(
                bytes -> {
                    bytes[4] = 0x7F;
                    return bytes;
                },
                "has a block of ",
                "at offset 0");
    }

    @Test
    void noticesAnEndThatComesTooEarly() throws IOException {
        checkBroken(
                bytes -> Arrays.copyOfRange(bytes, bytes.length - 13, bytes.length),
                "records too early");
    }

    @Test
    void saysThatAFileHasGone() throws IOException {
        try (ExternalSorter<Object> sorter = sorter(SpillFiles.LOCAL)) {
            add(sorter, 8_000);
            Files.delete(runs().get(0));
            assertThatThrownBy(sorter::sorted)
                    .hasMessageStartingWith("STORAGE_FAILED: " + spill())
                    .hasMessageContaining("cannot be opened");
        }
    }

    static List<FaultPoint> points() {
        return FaultPoint.of(FaultPoint.Room.SPILL);
    }

    @AfterEach
    void clearFaults() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    @ParameterizedTest
    @MethodSource("points")
    void leavesNoFilesWhereStorageFails(FaultPoint point) {
        System.setProperty(FaultPoint.CRASH_HOW, "fail");
        System.setProperty(FaultPoint.CRASH_AT, point.name());
        try (ExternalSorter<Object> sorter = sorter(SpillFiles.LOCAL)) {
            assertThatThrownBy(() -> add(sorter, 20_000))
                    .hasMessageStartingWith("STORAGE_FAILED: " + spill())
                    .hasMessageContaining(point.name());
        }
        assertThat(spill()).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("points")
    void leavesNoFilesWhereAMergeOfRunsFails(FaultPoint point) {
        try (ExternalSorter<Object> sorter = sorter(SpillFiles.LOCAL)) {
            add(sorter, 60_000);
            assertThat(sorter.runsWritten()).isGreaterThan(20);
            System.setProperty(FaultPoint.CRASH_HOW, "throw");
            // The rest of memory is a run first.
            System.setProperty(FaultPoint.CRASH_AT, point.name() + ":1");
            assertThatThrownBy(sorter::sorted).isInstanceOf(SimulatedCrash.class);
        }
        assertThat(spill()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givesItsMemoryBackWhereverItEnds(boolean merges) {
        ExternalSorter<Object> sorter = sorter(SpillFiles.LOCAL);
        add(sorter, 20_000);
        if (merges) {
            assertThat(sorter.sorted().advance()).isTrue();
        }
        assertThat(sorter.heldMemoryBytes()).isPositive();

        sorter.close();

        assertThat(sorter.heldMemoryBytes()).isZero();
        assertThat(spill()).doesNotExist();
    }

    @Test
    void givesItsMemoryBackWhereTheDiskIsFull() {
        ExternalSorter<Object> sorter = sorter(new SmallDisk(30_000));
        assertThatThrownBy(() -> add(sorter, 20_000)).hasMessageContaining("STORAGE_FAILED");

        sorter.close();

        assertThat(sorter.heldMemoryBytes()).isZero();
    }

    @Test
    void leavesNoFilesWhenItIsClosedWhileARunIsWritten() throws Exception {
        CountDownLatch writes = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        SpillFiles slow =
                new SpillFiles() {
                    @Override
                    WritableByteChannel create(Path file) throws IOException {
                        writes.countDown();
                        try {
                            goesOn.await();
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                        return super.create(file);
                    }
                };
        ExecutorService executor = Executors.newSingleThreadExecutor();
        List<Throwable> failed = new ArrayList<>();
        try {
            ExternalSorter<Object> sorter =
                    new ExternalSorter<>(
                            SortOrder.of(KeyNormalizers.of(LONGS.schema())),
                            LONGS,
                            SortSettings.of(spill(), 4L << 20, "test.memory").background(executor),
                            slow);
            add(sorter, 60_000);
            writes.await();
            Thread closing = new Thread(sorter::close);
            closing.setUncaughtExceptionHandler((thread, e) -> failed.add(e));
            closing.start();
            goesOn.countDown();
            closing.join();
        } finally {
            executor.shutdownNow();
        }
        assertThat(failed).isEmpty();
        assertThat(spill()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"fail", "throw"})
    void throwsWhereItWaitsWhatAnotherThreadHasMet(String how) {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        System.setProperty(FaultPoint.CRASH_HOW, how);
        System.setProperty(FaultPoint.CRASH_AT, FaultPoint.SPILL_BLOCK_WRITTEN.name());
        try (var sorter =
                new ExternalSorter<>(
                        SortOrder.of(KeyNormalizers.<Object>of(LONGS.schema())),
                        LONGS,
                        SortSettings.of(spill(), 4L << 20, "test.memory").background(executor))) {
            assertThatThrownBy(() -> add(sorter, 300_000))
                    .hasMessageContaining(FaultPoint.SPILL_BLOCK_WRITTEN.name());
        } finally {
            executor.shutdownNow();
        }
        assertThat(spill()).doesNotExist();
    }
}
