package io.millrace.api.sink;

import io.millrace.api.checkpoint.StateInitializationContext;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.type.PrimitiveArrayTypeInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * What an operator has in its state as a list of items that are bytes of its own: dealt out anew
 * when the parallelism changes. Confined to its task.
 */
final class SavedItems {
    private final ListState<byte[]> state;

    /** Makes an item of its bytes, or bytes of an item. */
    @FunctionalInterface
    interface Conversion<A, B> {
        B of(A given) throws Exception;
    }

    private SavedItems(ListState<byte[]> state) {
        this.state = state;
    }

    /**
     * @param name of the state
     */
    static SavedItems of(StateInitializationContext context, String name) throws Exception {
        return new SavedItems(
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        name,
                                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)));
    }

    /** Those that were restored, or saved since. */
    <T> List<T> read(Conversion<byte[], T> conversion) throws Exception {
        List<T> items = new ArrayList<>();
        for (byte[] item : state.get()) {
            items.add(conversion.of(item));
        }
        return items;
    }

    /** These and no others. */
    <T> void write(Iterable<T> items, Conversion<T, byte[]> conversion) throws Exception {
        List<byte[]> saved = new ArrayList<>();
        for (T item : items) {
            saved.add(conversion.of(item));
        }
        state.update(saved);
    }
}
