package io.millrace.api.type;

/** The description of a map from elements to how often each is there. Immutable. */
public final class MultisetTypeInfo<T> extends MapTypeInfo<T, Integer> {
    private static final long serialVersionUID = 1L;

    public MultisetTypeInfo(Class<T> elementTypeClass) {
        this(TypeInformation.of(elementTypeClass));
    }

    public MultisetTypeInfo(TypeInformation<T> elementTypeInfo) {
        super(elementTypeInfo, BasicTypeInfo.INT_TYPE_INFO);
    }

    public static <C> MultisetTypeInfo<C> getInfoFor(TypeInformation<C> componentInfo) {
        return new MultisetTypeInfo<>(componentInfo);
    }

    public TypeInformation<T> getElementTypeInfo() {
        return getKeyTypeInfo();
    }

    @Override
    public String toString() {
        return "Multiset<" + getElementTypeInfo() + ">";
    }
}
