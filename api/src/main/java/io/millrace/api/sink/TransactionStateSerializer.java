package io.millrace.api.sink;

import io.millrace.api.serialization.CompositeTypeSerializerSnapshot;
import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.serialization.TypeSerializerSnapshot;
import io.millrace.api.sink.TwoPhaseCommitSinkFunction.State;
import io.millrace.api.sink.TwoPhaseCommitSinkFunction.TransactionHolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state of a sink function with transactions as bytes. As thread-safe as its parts.
 *
 * <pre>
 * state       := has one, [transaction], count (int), transaction*, has a context, [context]
 * transaction := handle, started (long, milliseconds)
 * </pre>
 */
@SuppressWarnings("deprecation")
public final class TransactionStateSerializer<TXN, CONTEXT>
        extends TypeSerializer<State<TXN, CONTEXT>> {
    private static final long serialVersionUID = 1L;

    private final TypeSerializer<TXN> transactions;
    private final TypeSerializer<CONTEXT> contexts;

    TransactionStateSerializer(TypeSerializer<TXN> transactions, TypeSerializer<CONTEXT> contexts) {
        this.transactions = transactions;
        this.contexts = contexts;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<State<TXN, CONTEXT>> duplicate() {
        return new TransactionStateSerializer<>(transactions.duplicate(), contexts.duplicate());
    }

    @Override
    public State<TXN, CONTEXT> createInstance() {
        return new State<>(null, List.of(), Optional.empty());
    }

    @Override
    public State<TXN, CONTEXT> copy(State<TXN, CONTEXT> from) {
        return new State<>(
                copy(from.getPendingTransaction()),
                from.getPendingCommitTransactions().stream().map(this::copy).toList(),
                from.getContext().map(contexts::copy));
    }

    private TransactionHolder<TXN> copy(TransactionHolder<TXN> from) {
        return from == null
                ? null
                : new TransactionHolder<>(transactions.copy(from.handle()), from.startMs());
    }

    @Override
    public State<TXN, CONTEXT> copy(State<TXN, CONTEXT> from, State<TXN, CONTEXT> reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(State<TXN, CONTEXT> record, DataOutputView target) throws IOException {
        target.writeBoolean(record.getPendingTransaction() != null);
        if (record.getPendingTransaction() != null) {
            write(record.getPendingTransaction(), target);
        }
        target.writeInt(record.getPendingCommitTransactions().size());
        for (TransactionHolder<TXN> ready : record.getPendingCommitTransactions()) {
            write(ready, target);
        }
        target.writeBoolean(record.getContext().isPresent());
        if (record.getContext().isPresent()) {
            contexts.serialize(record.getContext().get(), target);
        }
    }

    private void write(TransactionHolder<TXN> transaction, DataOutputView target)
            throws IOException {
        transactions.serialize(transaction.handle(), target);
        target.writeLong(transaction.startMs());
    }

    @Override
    public State<TXN, CONTEXT> deserialize(DataInputView source) throws IOException {
        TransactionHolder<TXN> written = source.readBoolean() ? read(source) : null;
        int count = source.readInt();
        List<TransactionHolder<TXN>> ready = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ready.add(read(source));
        }
        Optional<CONTEXT> context =
                source.readBoolean() ? Optional.of(contexts.deserialize(source)) : Optional.empty();
        return new State<>(written, ready, context);
    }

    private TransactionHolder<TXN> read(DataInputView source) throws IOException {
        return new TransactionHolder<>(transactions.deserialize(source), source.readLong());
    }

    @Override
    public State<TXN, CONTEXT> deserialize(State<TXN, CONTEXT> reuse, DataInputView source)
            throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TransactionStateSerializer<?, ?> that
                && transactions.equals(that.transactions)
                && contexts.equals(that.contexts);
    }

    @Override
    public int hashCode() {
        return 31 * transactions.hashCode() + contexts.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<State<TXN, CONTEXT>> snapshotConfiguration() {
        return new Snapshot<>(this);
    }

    /** The snapshot: those of transactions and contexts. */
    public static final class Snapshot<TXN, CONTEXT>
            extends CompositeTypeSerializerSnapshot<
                    State<TXN, CONTEXT>, TransactionStateSerializer<TXN, CONTEXT>> {
        /** To read with. */
        public Snapshot() {}

        Snapshot(TransactionStateSerializer<TXN, CONTEXT> serializer) {
            super(serializer);
        }

        @Override
        protected int getCurrentOuterSnapshotVersion() {
            return 1;
        }

        @Override
        protected TypeSerializer<?>[] getNestedSerializers(
                TransactionStateSerializer<TXN, CONTEXT> outer) {
            return new TypeSerializer<?>[] {outer.transactions, outer.contexts};
        }

        @Override
        @SuppressWarnings("unchecked") // as they were written
        protected TransactionStateSerializer<TXN, CONTEXT>
                createOuterSerializerWithNestedSerializers(TypeSerializer<?>[] nested) {
            return new TransactionStateSerializer<>(
                    (TypeSerializer<TXN>) nested[0], (TypeSerializer<CONTEXT>) nested[1]);
        }
    }
}
