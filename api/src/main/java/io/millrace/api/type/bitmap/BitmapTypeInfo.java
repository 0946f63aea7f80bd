package io.millrace.api.type.bitmap;

import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.type.TypeInformation;

/** The description of {@link Bitmap}: sets of numbers. Immutable. */
public class BitmapTypeInfo extends TypeInformation<Bitmap> {
    private static final long serialVersionUID = 1L;

    public static final BitmapTypeInfo INSTANCE = new BitmapTypeInfo();

    private BitmapTypeInfo() {}

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<Bitmap> getTypeClass() {
        return Bitmap.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<Bitmap> createSerializer(SerializerConfig config) {
        return BitmapSerializer.INSTANCE;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof BitmapTypeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BitmapTypeInfo;
    }

    @Override
    public int hashCode() {
        return BitmapTypeInfo.class.getName().hashCode();
    }

    @Override
    public String toString() {
        return "Bitmap";
    }
}
