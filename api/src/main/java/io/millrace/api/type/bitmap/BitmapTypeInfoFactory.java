package io.millrace.api.type.bitmap;

import io.millrace.api.type.TypeInfoFactory;
import io.millrace.api.type.TypeInformation;
import java.lang.reflect.Type;
import java.util.Map;

/** Finds the description of {@link Bitmap} and of the class behind it. Stateless. */
public final class BitmapTypeInfoFactory extends TypeInfoFactory<Bitmap> {
    @Override
    public TypeInformation<Bitmap> createTypeInfo(
            Type t, Map<String, TypeInformation<?>> genericParameters) {
        return BitmapTypeInfo.INSTANCE;
    }
}
