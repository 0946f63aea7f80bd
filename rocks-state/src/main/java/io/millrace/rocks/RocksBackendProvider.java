package io.millrace.rocks;

import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.KeyedBackendProvider;
import io.millrace.runtime.state.KeyedBackendRequest;
import java.util.ArrayList;
import java.util.List;

/** State on local disks: {@code rocksdb}. Stateless; any thread. */
public final class RocksBackendProvider implements KeyedBackendProvider {
    private final SharedMemories memories;

    public RocksBackendProvider() {
        this(SharedMemories.OF_THIS_PROCESS);
    }

    RocksBackendProvider(SharedMemories memories) {
        this.memories = memories;
    }

    @Override
    public String name() {
        return "rocksdb";
    }

    @Override
    public KeyedBackend create(KeyedBackendRequest request) throws Exception {
        List<RestoredPart> files = new ArrayList<>();
        List<RestoredPart> rows = new ArrayList<>();
        for (RestoredPart part : request.restored()) {
            (part.part().form().equals(FilesForm.NAME) ? files : rows).add(part);
        }
        SharedMemory memory = memories.use(RocksSettings.from(request.config()));
        FilesRestore.Result restored;
        try {
            restored = new FilesRestore(request, memory).restore(files);
        } catch (Exception e) {
            memory.release();
            throw e;
        }
        // The database holds the memory from here on.
        return new RocksKeyedBackend(
                request,
                restored.database(),
                new RestoredTables(request, restored.database(), restored.tables(), rows),
                restored.uploaded(),
                memory.objects().join(),
                memory.throttle());
    }
}
