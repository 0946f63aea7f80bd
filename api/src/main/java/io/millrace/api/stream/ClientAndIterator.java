package io.millrace.api.stream;

import java.util.Objects;

/** A running job and the records of one of its streams. Closing it ends both. */
public final class ClientAndIterator<E> implements AutoCloseable {
    public final JobClient client;
    public final CloseableIterator<E> iterator;

    public ClientAndIterator(JobClient client, CloseableIterator<E> iterator) {
        this.client = Objects.requireNonNull(client, "client");
        this.iterator = Objects.requireNonNull(iterator, "iterator");
    }

    /** Cancels the job if it still runs. */
    @Override
    public void close() throws Exception {
        iterator.close();
    }
}
