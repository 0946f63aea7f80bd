package io.millrace.savepoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Pieces of work that need nothing of one another, several at a time. */
final class SideBySide {
    private SideBySide() {}

    /**
     * Does all of them, in threads of its own.
     *
     * @param threads most that work at a time, from 1
     * @return what they gave, in their order
     * @throws IOException what one of them threw, when none runs any more
     */
    static <T> List<T> run(List<Callable<T>> pieces, int threads) throws IOException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> done : executor.invokeAll(pieces)) {
                results.add(done.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while files were written", e);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    /**
     * What another thread threw, for this one to throw: a {@code RuntimeException} or {@code Error}
     * is thrown, all else returned.
     */
    static IOException rethrown(Throwable cause) {
        if (cause instanceof IOException e) {
            return e;
        }
        if (cause instanceof RuntimeException e) {
            throw e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        return new IOException(cause);
    }
}
