package io.millrace.rocks;

import io.millrace.api.option.Config;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.KeyedBackendRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What benchmarks of the back end share. */
final class BenchmarkBackend {
    private BenchmarkBackend() {}

    /** All key groups of keys that are numbers; empty. */
    static KeyedBackend open(ProcessMemory process, Path directory, JobSerializers serializers)
            throws Exception {
        return new RocksBackendProvider(new SharedMemories(process, OptionalLong::empty))
                .create(
                        new KeyedBackendRequest(
                                "benchmark",
                                serializers.of(Types.LONG),
                                0,
                                127,
                                128,
                                Config.empty(),
                                directory,
                                serializers,
                                List.of(),
                                null));
    }

    /** Spreads numbers that are near each other; no two become one. */
    static long scattered(long number) {
        return number * 0x9E3779B97F4A7C15L;
    }

    /** Stores nothing. */
    static final class CountedBytes implements SegmentOutput {
        private long bytes;

        long bytes() {
            return bytes;
        }

        @Override
        public SegmentRef append(Body body) throws IOException {
            long before = bytes;
            body.writeTo(
                    new OutputStream() {
                        @Override
                        public void write(int b) {
                            bytes++;
                        }

                        @Override
                        public void write(byte[] b, int from, int count) {
                            bytes += count;
                        }
                    });
            return new SegmentRef("file", before, bytes - before, 0);
        }
    }
}
