package io.millrace.host;

import io.millrace.coordinator.operation.OperationView;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who waits in this process for which operation. Thread-safe. Futures complete on threads of the
 * common pool, and go when they have.
 */
final class OperationResults {
    private final Map<String, CompletableFuture<OperationView>> futures = new ConcurrentHashMap<>();

    /** Completes when the operation is over, however it ended. */
    CompletableFuture<OperationView> of(String id) {
        return futures.computeIfAbsent(id, same -> new CompletableFuture<>());
    }

    void ended(OperationView operation) {
        CompletableFuture<OperationView> waiting = futures.remove(operation.operation().id());
        if (waiting != null) {
            waiting.completeAsync(() -> operation);
        }
    }

    /** Nobody will ever know here how the others ended. */
    void giveUp(Throwable cause) {
        futures.values()
                .forEach(future -> future.completeExceptionally(CoordinatorLoop.gone(cause)));
    }
}
