package io.millrace.api.type;

/**
 * A descriptor over a description. Immutable.
 *
 * @param <T> the type
 */
record DescribedType<T>(TypeInformation<T> type) implements TypeDescriptor<T> {
    @Override
    public Class<T> getTypeClass() {
        return type.getTypeClass();
    }

    /** The description behind any descriptor. */
    @SuppressWarnings("unchecked")
    static <T> TypeInformation<T> of(TypeDescriptor<T> descriptor) {
        return descriptor instanceof DescribedType<?> described
                ? (TypeInformation<T>) described.type()
                : TypeInformation.of(descriptor.getTypeClass());
    }
}
