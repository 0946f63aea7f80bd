package io.millrace.runtime.state;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.option.Config;
import java.util.Locale;

/** The state back end that a job asks for, by the engine's own name. Pure. */
public final class BackendName {
    /** The one that has its state in memory. */
    public static final String IN_MEMORY = "heap";

    private static final String FACTORY = "StateBackendFactory";

    private BackendName() {}

    /**
     * Such as {@code heap} or {@code rocksdb}; one that is not known is left as it is. What Flink
     * calls {@code forst}, RocksDB with its files elsewhere, is asked for where state is larger
     * than memory, which is what {@code rocksdb} is for.
     */
    public static String of(Config config) {
        String text = config.get(CheckpointOptions.STATE_BACKEND).trim();
        String simple = text.substring(text.lastIndexOf('.') + 1);
        if (simple.endsWith(FACTORY)) {
            simple = simple.substring(0, simple.length() - FACTORY.length());
        }
        return switch (simple.toLowerCase(Locale.ROOT)) {
            case "hashmap", "heap", "filesystem", "jobmanager", "fs", "memory" -> IN_MEMORY;
            case "rocksdb", "embeddedrocksdb", "forst" -> "rocksdb";
            default -> text;
        };
    }
}
