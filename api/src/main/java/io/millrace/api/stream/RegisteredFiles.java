package io.millrace.api.stream;

import io.millrace.api.file.DistributedCache.DistributedCacheEntry;
import io.millrace.api.graph.CachedFile;
import io.millrace.api.option.Configuration;
import io.millrace.api.option.ProgramOptions;
import io.millrace.api.tuple.Tuple2;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of a program's distributed cache. Confined to the thread of {@code main()}. */
final class RegisteredFiles {
    private final Map<String, CachedFile> byName = new LinkedHashMap<>();

    /**
     * @throws IllegalArgumentException if the name is taken
     */
    void add(CachedFile file) {
        CachedFile there = byName.putIfAbsent(file.name(), file);
        if (there != null) {
            throw new IllegalArgumentException(
                    "A cached file '"
                            + file.name()
                            + "' is registered already: "
                            + there.path()
                            + ".");
        }
    }

    /** What was registered, and then what the options name; a name that is taken stays. */
    List<CachedFile> with(Configuration options) {
        Map<String, CachedFile> all = new LinkedHashMap<>(byName);
        for (String text : options.toConfig().find(ProgramOptions.CACHED_FILES).orElse(List.of())) {
            CachedFile file = CachedFile.parse(text);
            all.putIfAbsent(file.name(), file);
        }
        return List.copyOf(all.values());
    }

    /** The same with their names, as programs ask for them. */
    List<Tuple2<String, DistributedCacheEntry>> entriesWith(Configuration options) {
        List<Tuple2<String, DistributedCacheEntry>> entries = new ArrayList<>();
        for (CachedFile file : with(options)) {
            entries.add(
                    Tuple2.of(
                            file.name(),
                            new DistributedCacheEntry(file.path(), file.executable())));
        }
        return entries;
    }
}
