package dev.ragindex.core.chunk;

/**
 * Properties of Unicode 16.0, so that no chunk depends on the version that a JDK happens to know.
 *
 * <p>Each range is written as its distance from the end of the one before it and, after a plus, its
 * length less one, to base 36. {@code UnicodeTablesGenerator}, among the tests, prints them from
 * the Unicode Character Database. A new version of Unicode changes chunks: raise the strategies'
 * versions with it.
 */
final class UnicodeTables {

  /** General category L. */
  static final CodePoints LETTERS =
      CodePoints.decode(
          """
          1t+p 6+p 1b a 4 5+m 1+u 1+cp 4+b e+4 7 1 3l+4 1+1 2+3 1 6 1+2 1 1+j 1+2a 1+3u 8+4l 1+11
          2 6+14 1z+q 4+3 19+16 z+1 1+2q 1 f+1 7+1 a+2 2 g 1+t t+2g b o+w 9+1 4 5+l 4 9 3 n+o 7+a
          5+n 1+5 h+15 1m+1h 3 i 7+9 f+f 4+7 2+1 2+l 1+6 1 3+3 3 g d+1 1+2 e+1 a 8+5 4+1 2+l 1+6
          1+1 1+1 1+1 v+3 1 j+2 g+8 1+2 1+l 1+6 1+1 1+4 3 i f+1 n b+7 2+1 2+l 1+6 1+1 1+4 3 u+1
          1+2 f h 1+5 3+2 1+3 3+1 1 1+1 3+1 3+2 3+b m 1g+7 1+2 1+m 1+f 3 q+2 2 2+1 u 4+7 1+2 1+m
          1+9 1+4 3 v+1 1+1 f+1 h+8 1+2 1+14 2 g 5+2 8+2 o+5 5+h 3+n 1+8 1 2+6 1m+1b 1+1 c+6 1m+1
          1 1+4 1+n 1 1+9 1+1 9 2+4 1 l+3 w 1r+7 1+z r+4 37+16 k g+5 4+3 3 3+1 7+2 4+c c h+11 1 5
          2+16 1+98 1+3 2+6 1 1+3 2+14 1+3 2+w 1+3 2+6 1 1+3 2+e 1+1k 1+3 2+1u 11+f g+2d 2+5 3+h7
          2+g 1+p 5+22 6+7 7+h d+i e+h e+c 1+2 f+1f z 4 1v+2g 7+4 2+x 1 5+1x a+u 1d+t 2+4 b+17
          4+p 1i+m 9+1g 2a 2l+1a h+7 1i+t d+1 a+17 q+z 15+2 a+z 2+a 5+16 2+2 15+3 1+5 1+1 3 5+5b
          1s+7p 2+5 2+11 2+5 2+7 1 1 1 1+u 2+1g 1+6 1 3+2 1+6 3+3 2+5 4+c 5+2 1+6 38 d g+c 2t 4
          2+9 1 3+4 6 1 1 1+3 1+a 2+3 5+4 4 1g+1 22j+6c 6+3 3+1 c+11 1 5 2+1j 7 g+m 9+6 1+6 1+6
          1+6 1+6 1+6 1+6 1+6 28 d1+1 16+4 5+1 4+2d 6+2 1+2h 1+3 5+16 1+2l h+v 1c+f e8+533 1s+h3g
          1v+19 2+7g 3+f a+1 k+1a g+u 2+1x 1d+8 2+2u 2+1u 2+1 1 1+7 l+f 1+2 1+3 1+m t+1f e+1d
          1q+5 3 1+1 b+r a+m p+s 7+1a s g+4 1+9 a+4 1+14 n+2 1+7 k+m 3 3+1d 1 3+1 2+4 2 1 o+2 2+a
          7+2 c+5 2+5 2+5 9+6 1+6 1+16 1+d 6+36 t+8mb c+m 4+1c 6is+a5 2+2x 12+6 c+4 5 1+9 1+c 1+4
          1 1+1 1+1 1+2z x+a2 i+1r 2+1h 14+b 38+4 1+3q 10+p 6+p b+2g 3+5 2+5 2+5 2+2 z+b 1+p 1+i
          1+1 1+e 2+d y+3e at+s 3+1c 1b+v d+j 1+7 6+11 a+t 2+z 4+7 1c+4d i+z 4+z 4+13 8+1f c+a
          1+e 1+6 1+1 1+a 1+e 1+6 1+1 3+1f c+8m 9+l a+7 o+5 1+15 1+8 1x+5 2 1+17 1+1 3 2+m a+m
          9+u 1t+i 1+1 a+l a+p 1y+1j 6+1 1s f+3 1+2 1+s 16+s 3+s z+7 1+r r+1h a+l a+i d+h 32+20
          1j+1e d+1e d+z 12+r 9+m 6y+15 6+1 g+2 1n+s a 8+l 16+h 1a+k r+m c+1g 1l+1 2 d+18 w+o q+z
          t 2 8+y 3 c+1b e+3 l 1 z+h 1+o j+1 1r+6 1 1+3 1+e 1+9 7+1a 12+7 2+1 2+l 1+6 1+1 1+4 3 i
          c+4 u+9 1 2 1+11 1 p 1 18+1g i+3 k+2 u+1b k+1 1 54+1a 15+3 10+1b k 1n+16 d 1z+q 11+6
          55+17 38+1r v+7 2 2+7 1+1 1+n f 1 2m+7 2+12 g 1 s a+13 7 l b+19 j i+20 5j+w v+8 1+10 h
          1d+t 34+6 1+1 1+11 l p+5 1+1 1+v e 93+i f 1+c 1+x 3g 27+pl 6e+5f 218+2o f+tr h+5 p+32y
          5+g6 5a1+t 1cy+fs 7+u h+26 h+t i+1b g+3 v+k 5+i c0+18 5v+1r 3k+22 5 1u+c 1s+1 1 s+4qf
          8+yd 15+9 6w7+3 1+6 1+1 1+82 f t+2 2 e+3 8+az 1s4+2y 5+c 3+8 7+9 4me+2c 1+1y 1+1 2 2+1
          2+3 1+b 1 1+6 1+1s 1+3 2+7 1+6 1+r 1+3 1+4 1 3+6 1+9f 2+o 1+o 1+u 1+o 1+u 1+o 1+u 1+o
          1+u 1+o 1+7 1f8+u 6+5 79+1p 42+18 a+6 g 8x+t i+17 dg+r 6c+t 2 dr+6 1+3 1+1 1+e 1+5g
          1n+1v 7 xg+3 1+q 1+1 1 2 1+9 1+3 1 1 6 4 1 1 1+2 1+1 1 2 1 1 1 1 1+1 1 2+3 1+6 1+3 1+3
          1 1+9 1+g 5+2 1+4 1+g 3es+wyn w+37d 6+65 2+4g1 e+5rk f+h9 1wi+f1 15u+3t6 5+38f
          """);

  /** Property Lowercase. */
  static final CodePoints LOWER_CASE =
      CodePoints.decode(
          """
          2p+p 1b a 4 10+n 1+7 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1+1 1 1 1 1
          1 1 1 1+1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 1 1+2 2 1 2 3+1 4 2 3+2 2 2 1
          1 2 1+1 1 2 3 1 2+1 2+2 6 2 2 1 1 1 1 1 1 1 1+1 1 1 1 1 1 1 1 1 1+1 2 1 3 1 1 1 1 1 1 1
          1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1+6 2 2+1 1 4 1 1 1 1+1w 1+z 7+1 u+4 2o 17 1
          3 2+3 i r+y 1+1 3+2 1 1 1 1 1 1 1 1 1 1 1 1+4 1 2 2+1 1f+1b 1 1 1 1 1 1 1 1 1 1 1 1 1 1
          1 1 1 9 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 1 1 1 1 1 1+1 1 1 1 1 1 1
          1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
          1c+14 287+16 1+3 l4+5 1oi+8 1 39+5b 1t 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
          1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
          1 1 1 1 1 1+8 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
          1 1 1 1 1 1 1 1 1 1 1 1+8 8+5 a+7 8+7 8+5 a+7 8+7 8+d 2+7 8+7 8+7 8+4 1+1 6 3+2 1+1 8+3
          2+1 8+7 a+2 1+1 3d d g+c 31 3+1 3 r 4 4 2+1 8+3 4 x+f 4 nf+p 1fq+1b 1 3+1 1 1 1 4 1+1
          1+7 3 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
          1 1 1 1 1 1 1 1+1 7 1 4 c+11 1 5 nwz 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 j 1 1
          1 1 1 1 1 1 1 1 1 1 1+2 3p 1 1 1 1 1 1+2 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
          1 1 1 1 1 1 1 1+9 1 1 2 1 1 1 1 4 1 2 1+2 1 1 1 1 1 1 1 1 1 1 5 5 1 1 1 1 1 1 1 4 1 2 3
          1 1 1 1 1 m+2 1 1+2 mt+16 1+d 6+27 fnk+6 c+4 tl+p y5+13 3s+z 4b+a 1+e 1+6 1+1 cj 2+2
          1+15 1+8 zp+1e 3h+l 27u+v gw0+v k2i+p q+6 1+h q+p q+3 1 1+6 1+a q+p q+p q+p q+p q+p q+p
          q+p q+p q+r s+o 1+5 q+o 1+5 q+o 1+5 q+o 1+5 q+o 1+5 1 1f8+9 1+j 6+5 79+1p 1pw+x
          """);

  /** General category M. */
  static final CodePoints MARKS =
      CodePoints.decode(
          """
          lc+33 7n+6 7b+18 1 1+1 1+1 1 20+a 1c+k g 2t+6 2+5 2+1 1+3 z u+q 2j+a 1m+8 9 o+3 1+8 1+2
          1+4 17+2 1n+8 16+n 1+w 1i+2 1+h 1+6 a+1 t+2 1k 1+6 2+1 2+2 9 a+1 q 2+2 1k 1+4 4+1 2+2 3
          u+1 3 b+2 1k 1+7 1+2 1+2 k+1 m+5 1+2 1k 1+6 2+1 2+2 7+2 a+1 u 1n+4 3+2 1+3 9 14+4 1j
          1+6 1+2 1+3 7+1 b+1 t+2 1k 1+6 1+2 1+3 7+1 b+1 f c+3 1j+1 1+6 1+2 1+3 9 a+1 t+2 1y 4+5
          1 1+7 i+1 1p 2+6 c+7 2q 2+8 b+6 21+1 r 1 1 4+1 1d+j 1+1 5+a 1+z 9 2s+j n+3 4+2 1+2 2+6
          3+3 d+b 1 a+3 jj+2 qa+3 s+2 t+1 u+1 1s+v 9 19+2 1 39+1 y 3a+b 4+b 63+4 1l+9 1+s 2 1c+u
          1d+4 1b+g 12+8 c+2 u+c 1k+d 1c+j 48+2 1+k 4 6 2+2 5i+1r k0+w 2da+2 3x 2o+v fe+5 2x+1
          n9w+3 1+9 w+1 28+1 7k 3 4 n+4 4 2b+1 1e+h q+h d 12+7 p+c 18+3 1b+d 10 1v+d c 8+1 19+2
          1e 1+2 2+1 5+1 1 15+4 5+1 6k+7 1+1 fn4 kh+f g+f r1 6a 45+4 1ae+2 1+1 5+3 14+2 4 4l+1
          fx+3 1t+4 8t+1 27+3 1y+a 1d+3 3e+2 1h+e 15 2+1 a+3 19+a 7 1p+2 10+d g+1 18 c+2 1c+d 8+3
          1+1 2k+b 6 2 4d+b l+3 1j+1 1+6 2+1 2+2 9 a+1 2+6 3+4 1v+8 1 2 1+3 1+4 1 e+1 2a+h n 29+j
          6j+6 2+8 r+1 2a+g 2y+c 2t+e 74+e 6t+5 1+1 2+3 1 1+1 3x+6 2+6 3 s+9 14+6 1+3 8 9+a 1a+f
          b9+7 1+7 2a+l 1+d 3e+5 3 1+1 1+6 1 1u+4 1+1 1+4 9n+3 9+1 1 1c+6 3+4 n 44l 6+e 8ug+h
          1xc+4 1n+6 t4 1+1i 7+3 29 b+1 f57+1 3mp+19 2+m f2+4 3+5 8+7 2+6 u+3 44+2 1iz+1i 4+1d 8
          e m+4 1+e 11s+6 1+g 2+6 1+1 1+4 2s 4g+6 af 1p+3 e4+3 72+1 kg+6 31+6 gzhx+6n
          """);

  /** General categories Cc, Cf, Cs, Zl and Zp. */
  static final CodePoints CONTROLS =
      CodePoints.decode(
          """
          0+v 2n+w d 11u+5 m 5c 1d ao+1 28 2zv 1ks+4 o+6 1d+4 1+9 109c+1kv 64f 6x+2 3b5 f 6zm+f
          qxs+3 43z+7 h406 u+2n
          """);

  /** Property Extended_Pictographic. */
  static final CodePoints PICTOGRAPHS =
      CodePoints.decode(
          """
          4p 4 68d c 60 m 2i+5 f+1 a7+1 c 2n 1y p+a 4+2 5j 6f+1 a 9 1m+3 1+5 1+b 1+35 a+39 2+a 1
          1 6 3 6 a+1 f 2 4 1 4+2 1 b+4 19+2 9 e e ac+1 cv+2 j+1 1f 4 yi c gp 1 2fza+73 d+2 v
          1o+5 c+1 e 2+9 i+1k r+e a k 2+8 1+3 9+c1 5+8t 8+7d 1c+3j 38+b 2d+16 c+3 1k+7 a+5 14+7
          u+29 c+1a 1+9 1+c8 74+sd
          """);

  private UnicodeTables() {}
}
